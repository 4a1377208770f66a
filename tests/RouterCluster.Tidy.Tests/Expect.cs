namespace RouterCluster.Tidy.Tests;

public static class Expect
{
    /// <summary>Prints every violation in full; xunit would cut them.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
