using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Settings;

/// <summary>The merchants' listener. URLs are absolute and end without a slash.</summary>
/// <param name="PublicUrl">How channels reach us.</param>
/// <param name="MaxInFlight">Requests worked on at once; more are turned away with 503.</param>
/// <param name="AcceptTimeout">How long a request waits for its payment to be stored before it is answered 409.</param>
/// <param name="NoticeTimeout">How long a channel's notice may take to come in.</param>
/// <param name="StrayNotices">How many notices of unknown orders are kept.</param>
/// <param name="DrainTimeout">How long a stopping node waits for running requests and calls.</param>
public sealed record HttpSettings(
    string Url, string PublicUrl, int MaxInFlight, TimeSpan AcceptTimeout, TimeSpan NoticeTimeout, int StrayNotices,
    TimeSpan DrainTimeout)
{
    public required WrongTokenSettings WrongTokens { get; init; }
}

/// <summary>How requests with tokens that nobody has are slowed down, by the address that they come from.</summary>
/// <param name="Burst">Wrong tokens of an address before it has to wait.</param>
/// <param name="PerMinute">Tries that grow back.</param>
/// <param name="Addresses">Addresses that are told apart; the first to come is the first to be forgotten.</param>
public sealed record WrongTokenSettings(int Burst, double PerMinute, int Addresses);

/// <param name="ConnectionString">Null for SQLite without one: a file in the data directory.</param>
/// <param name="Lease">How long a node's row of PostgreSQL keeps others away without being renewed.</param>
public sealed record StorageSettings(StorageProvider Provider, Secret? ConnectionString, TimeSpan Lease);

/// <summary>How payouts of live merchants are approved. Without approval they are refused.</summary>
public enum PayoutApproval
{
    None = 0,
}

/// <param name="WriteWatchdog">A write that takes longer stops its book, which then recovers from the journal.</param>
/// <param name="SnapshotEvery">Journal rows between snapshots, at least; their bytes are as many as a snapshot's, too.</param>
/// <param name="SeenNumbers">Numbers that have left memory and are told from new ones without a look-up, about.</param>
/// <param name="KeepClosedFor">How long an ended payment stays in memory, at least.</param>
/// <param name="Tick">How often a book looks at what is due.</param>
/// <param name="SuspendAfter">Unknown for so long (channel answering): a person must look.</param>
/// <param name="ExpiresIn">No new attempt starts after it, where the request does not say.</param>
/// <param name="DuplicatesWithin">Same merchant, account and amount within it count as a duplicate.</param>
public sealed record BookSettings(
    TimeSpan WriteWatchdog, int SnapshotEvery, int SeenNumbers, TimeSpan KeepClosedFor, TimeSpan Tick, TimeSpan ProjectionEvery,
    TimeSpan SuspendAfter, TimeSpan ExpiresIn, TimeSpan DuplicatesWithin);

/// <param name="ExpiresAfter">How long a proposal waits for a second person.</param>
/// <param name="BulkMost">Payments of one list that is decided as a whole.</param>
/// <param name="BulkBatch">Payments of a list that are with the books at once.</param>
public sealed record DecisionSettings(TimeSpan ExpiresAfter, int BulkMost, int BulkBatch);

/// <param name="ReportInterval">Shortest pause between two reports of a channel to the routers.</param>
/// <param name="ReportStaleAfter">A channel not heard of for so long has no owner.</param>
public sealed record RoutingSettings(string Policy, TimeSpan ReportInterval, TimeSpan ReportStaleAfter);

/// <param name="Timeout">A decision that takes longer is the caller's own order.</param>
public sealed record GatewayDecisionSettings(TimeSpan Timeout, DecisionLimits Limits);

/// <summary>Exports of past traffic.</summary>
/// <param name="LongestRange">Between the first and the last moment of one export.</param>
/// <param name="Banks">Told apart besides those that channels name.</param>
public sealed record TraceSettings(TimeSpan LongestRange, int Banks);

/// <summary>Notifications to merchants.</summary>
/// <param name="Policy">When they are sent, and how many at once.</param>
/// <param name="Timeout">How long a merchant may take to answer one.</param>
/// <param name="Poll">How often each merchant's lane looks at the table unasked, and a lane without owner is started.</param>
public sealed record NotificationSettings(
    NotificationPolicy Policy, TimeSpan Timeout, TimeSpan Poll, NotificationRetention Retention);

/// <param name="KeepDelivered">How long a delivered notification stays in the table.</param>
/// <param name="PruneEvery">How often each merchant's lane looks for those that have stayed long enough.</param>
public sealed record NotificationRetention(TimeSpan KeepDelivered, TimeSpan PruneEvery);

/// <summary>A value that is used but never printed.</summary>
public sealed record Secret(string Value)
{
    public override string ToString() => "(secret)";
}
