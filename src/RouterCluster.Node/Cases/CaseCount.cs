using System.Collections.Immutable;
using System.Data.Common;
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
    private const int MostLookedInto = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

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
            }
            catch (DbException away)
            {
                // A figure from before the outage would look like a fresh count.
                cases.ByKind = null;
                LogUncounted(away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Open cases could not be counted: {Why}")]
    private partial void LogUncounted(string why);
}
