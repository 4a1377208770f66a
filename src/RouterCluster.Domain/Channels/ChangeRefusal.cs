namespace RouterCluster.Domain.Channels;

/// <summary>Why an operator's change is not carried out. The numbers go between nodes: never re-used.</summary>
public enum ChangeRefusal
{
    /// <summary>The channel never had an exclusion of this number.</summary>
    NoSuchExclusion = 1,

    TooManyExclusions = 2,

    /// <summary>The channel never had a planned maintenance of this number.</summary>
    NoSuchMaintenance = 3,

    TooManyMaintenances = 4,
}
