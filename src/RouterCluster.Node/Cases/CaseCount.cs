using System.Collections.Immutable;
using System.Data.Common;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Cases;

/// <summary>
/// Counts open cases every few seconds. The reasons stand within the payments, so only the oldest payments are read; the
/// rest counts as <c>other</c>.
/// </summary>
internal sealed partial class CaseCount(
    PaymentReadModel readModel, OpenCases cases, TimeProvider clock, ILogger<CaseCount> logger)
    : BackgroundService
{
    /// <summary>Suspended without an open reason.</summary>
    private const string Suspended = "suspended";

    private const string Other = "other";

    /// <summary>Evidence that excludes other evidence, or the payment's end.</summary>
    private static readonly ImmutableHashSet<CaseReason> Contradictory =
    [
        CaseReason.SecondSuccess, CaseReason.NoticeContradicted, CaseReason.NotFoundElsewhere, CaseReason.LandedNotFound,
        CaseReason.PayoutNotFound, CaseReason.LateFailure,
    ];

    private const int MostLookedInto = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    internal static ImmutableSortedDictionary<string, long> Count(IEnumerable<Payment> payments, long rest)
    {
        var counts = Enum.GetValues<CaseReason>().Select(reason => reason.Name()).Append(Suspended).Append(Other)
            .ToDictionary(kind => kind, _ => 0L);
        foreach (var payment in payments)
        {
            var open = payment.OpenCases.Select(known => known.Reason.Name()).DefaultIfEmpty(Suspended);
            foreach (var kind in open)
            {
                counts[kind]++;
            }
        }

        counts[Other] = rest;
        return counts.ToImmutableSortedDictionary();
    }

    /// <summary>A payment that is suspended without an open reason waits since its last change.</summary>
    internal static CaseFigures FiguresOf(IReadOnlyList<Payment> payments, long rest, DateTimeOffset now) => new(
        (int)Math.Min(int.MaxValue, payments.Count + rest),
        payments.Count(payment => payment.OpenCases.Any(known => Contradictory.Contains(known.Reason))),
        payments.Count(payment => payment.OpenCases.Any(known => known.Reason == CaseReason.LateSuccess)),
        payments.Select(payment => payment.OpenCases.Select(known => known.OpenedAt).DefaultIfEmpty(payment.UpdatedAt).Min())
            .Select(since => now - since).DefaultIfEmpty(TimeSpan.Zero).Max());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var page = await readModel.ListCasesAsync(MostLookedInto, null, stoppingToken);
                var rest = page.Next is null ? 0 : await readModel.CountCasesAsync(stoppingToken) - page.Items.Count;
                cases.ByKind = Count(page.Items, Math.Max(0, rest));
                cases.Figures = FiguresOf(page.Items, Math.Max(0, rest), clock.GetUtcNow());
            }
            catch (DbException away)
            {
                // A figure from before the outage would look like a fresh count.
                cases.ByKind = null;
                cases.Figures = null;
                LogUncounted(away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Open cases could not be counted: {Why}")]
    private partial void LogUncounted(string why);
}
