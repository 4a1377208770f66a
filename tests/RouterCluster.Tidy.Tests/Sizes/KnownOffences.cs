namespace RouterCluster.Tidy.Tests.Sizes;

public static class KnownOffences
{
    /// <summary>What was over a limit when the limit came. Entries leave this list and none joins it.</summary>
    public static IReadOnlyList<Offence> List { get; } = [];
}
