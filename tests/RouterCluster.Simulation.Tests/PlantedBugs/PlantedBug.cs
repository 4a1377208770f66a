namespace RouterCluster.Simulation.Tests.PlantedBugs;

/// <summary>A deliberate mutation of the production source, built in memory for one test and never shipped.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="File">Below <c>src</c>.</param>
/// <param name="Find">Must be there exactly once, so that the bug follows the code.</param>
/// <param name="CaughtBy">Each of these invariants would be right to catch it.</param>
public sealed record PlantedBug(string Name, string File, string Find, string Replace, params string[] CaughtBy)
{
    public override string ToString() => Name;

    public string Plant(string source)
    {
        var at = source.IndexOf(Find, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(Find, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidOperationException($"{Name}: {File} must have exactly one place like this:\n{Find}");
        }

        return source.Replace(Find, Replace, StringComparison.Ordinal);
    }
}
