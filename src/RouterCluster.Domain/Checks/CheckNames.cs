using System.Collections.Immutable;

namespace RouterCluster.Domain.Checks;

public enum CheckName
{
    Storage = 1,
    Clock = 2,
    Members = 3,
    Leases = 4,
    Owners = 5,
    Channels = 6,
    Coverage = 7,
    Certificates = 8,
    Counters = 9,
}

public static class CheckNames
{
    public static readonly ImmutableArray<CheckName> All = [.. Enum.GetValues<CheckName>().Order()];

    public static string Name(this CheckName name) => name switch
    {
        CheckName.Storage => "storage",
        CheckName.Clock => "clock",
        CheckName.Members => "members",
        CheckName.Leases => "leases",
        CheckName.Owners => "owners",
        CheckName.Channels => "channels",
        CheckName.Coverage => "coverage",
        CheckName.Certificates => "certificates",
        CheckName.Counters => "counters",
    };
}
