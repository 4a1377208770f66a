namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>Declarations that no program uses, and why they stay. Entries leave this list and none joins it.</summary>
internal static class KnownUnused
{
    private const string Seen = "tests and the simulation see by it that nothing is lost or left over inside";
    private const string Fake = "a test gives its own in place of the machine's";
    private const string Asserted = "tests hold the answer against what was asked for or stored";
    private const string Short = "tests and the simulation say with it in a word what a node builds from its settings";
    private const string Nobody = "nobody needs it";

    public static IReadOnlyList<KeyValuePair<string, string>> List { get; } =
    [
        new("ChannelStanding.Capacity", Seen),
        new("ChannelStanding.Occupancy", Seen),
        new("ChannelStanding.Outstanding", Seen),
        new("ChannelStanding.Weight", Seen),
        new("CommitSubscribers.CaughtUpAsync", Seen),
        new("DecisionBook.Remembered", Seen),
        new("KnownSettings.LeavesInPlace", "a test holds it against the keys that are read, so that no key is there for nothing"),
        new("MachineSleep(uptimeFile)", Fake),
        new("MerchantAdmissions.Transactions", Seen),
        new("NoneNow.Reasons", Asserted),
        new("OrderLane.Report", Nobody),
        new("RequestLimit.Taken", Seen),
        new("ProjectionGapException.Stored", Asserted),
        new("QueryCall.Product", "protocols of other companies ask by it"),
        new("RouteRules.Of", Short),
        new("RoutingTable.Settle(now)", Nobody),
        new("SeenNumbers.Count", Seen),
        new("SettingLog.Read", "a test holds it against the reference, so that no key is missing there"),
        new("SharedPlaces.Taken", Seen),
        new("NodeLease.IsLost", Seen),
        new("SubscriberQueue.CaughtUpAsync", Seen),
        new("StorageStamp.Books", Asserted),
        new("StorageStamp.Environment", Asserted),
        new("StorageStamp.KeyCheck", Asserted),
    ];

    public static IEnumerable<string> Compare(IEnumerable<Unused> found)
    {
        var unused = found.ToList();
        var known = List.Select(entry => entry.Key).ToHashSet();
        var left = known.Except(unused.Select(one => one.Name));
        return left.Select(name => $"{name} is used now or gone: take it off the list")
            .Concat(unused.Where(one => !known.Contains(one.Name)).Select(one => one.Where));
    }
}
