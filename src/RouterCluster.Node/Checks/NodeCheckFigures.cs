using System.Collections.Immutable;
using System.Data.Common;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Lanes;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Checks;

/// <summary>Asks the database and the cluster, and reads the rest from memory.</summary>
internal sealed class NodeCheckFigures(
    IClusterView cluster, IChannels channels, CheckedConfiguration configuration, DatabaseClock database, SteadyTime time,
    StorageAddress storage, NodeSettings node, Troubles troubles, LiveCounters counters, CheckSettings settings,
    IServiceProvider services) : ICheckFigures
{
    private const string NoAnswer = "it did not say in time whether it is";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<(string Node, CheckFigures Figures)> ReadAsync(CancellationToken cancellation)
    {
        var asked = RoundTripAsync(cancellation);
        var seen = await cluster.GetAsync(cancellation);
        var now = time.GetUtcNow();
        var all = channels.All().Select(ToChecked).ToImmutableArray();
        var usable = all.Where(channel => channel.IsUsable).Select(channel => channel.Id).ToHashSet();
        return (seen.Self, new CheckFigures(
            now, new StorageFigures(await asked, StorageProblem()),
            new CounterFigures(troubles.Of(CounterWriter.Subject), counters.Pending, counters.Lost))
        {
            ClockProblem = time.Problem,
            Members = [.. seen.Members.Select(member => ToFigures(member, now))],
            AreLeasesNeeded = storage.IsShared,
            Channels = all,
            Lines = [.. configuration.Lines().Select(line => new CheckedLine(
                line.Merchant, line.Product, line.Currency, line.All, [.. line.Channels.Where(usable.Contains)]))],
            Certificates = [.. services.GetService<NodeCertificates>()?.Validity ?? []],
            CertificatesLast = settings.CertificatesLast,
        });
    }

    private async Task<TimeSpan?> RoundTripAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return (await database.CompareAsync(limit.Token)).RoundTrip;
        }
        catch (Exception away) when (away is DbException or TimeoutException
            || (away is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private string? StorageProblem() => Enumerable.Range(0, node.Books)
        .Select(PaymentBookEntity.SubjectOf)
        .Select(book => troubles.Of(book) is { } problem ? $"{book} takes no payments: {problem}" : null)
        .FirstOrDefault(problem => problem is not null);

    private static MemberFigures ToFigures(MemberBody member, DateTimeOffset now) => new(
        member.Address, member.Status, member.Draining, member.Ready is null ? NoAnswer : member.NotReady,
        member.Lease is { } lease ? ToFigures(lease, now) : null);

    /// <summary>A lease lasts as long as it has lasted, and as it still will.</summary>
    private static LeaseFigures ToFigures(LeaseBody lease, DateTimeOffset now)
    {
        var age = TimeSpan.FromMilliseconds(lease.AgeMs);
        return new LeaseFigures(age, age + (lease.Until - now));
    }

    private static CheckedChannel ToChecked(ChannelStatus status) => new(status.Channel, status.Lifecycle, status.NoOwnerFor)
    {
        IsIsolated = status.Submit.Breaker == BreakerState.Isolated,
        IsClosed = status.Closed is { Why: ClosingReason.Maintenance or ClosingReason.Throttled },
        IsSubmitBreakerOpen = status.Submit.Breaker == BreakerState.Open,
        IsQueryBreakerOpen = status.Query.Breaker == BreakerState.Open,
        Outage = status.Outage,
    };
}

/// <summary>The lines of merchant, product and currency, by the configuration in force.</summary>
internal sealed class CheckedConfiguration(
    IReadOnlyList<PolicySettings> policies, ListInForce<MerchantSettings> merchants, ListInForce<ChannelSettings> channels)
{
    public IEnumerable<CurrencyLine> Lines() => RouteChoices.LinesByCurrency(policies, merchants.Current, channels.Current);
}
