namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Mutants that change nothing which anybody could see, and why. A sample leaves them out.</summary>
internal static class EquivalentMutants
{
    public static IReadOnlyList<EquivalentMutant> List { get; } =
    [
        new("src/RouterCluster.Domain/Cases/DecisionDecider.cs",
            "?? payment.OpenAttempt?.No ?? payment.Attempts[^1].No;", "?? payment.Attempts[^1].No;",
            "an open attempt is always the last one; it is named because it is what people mean"),
        new("src/RouterCluster.Domain/Books/OpenAttempts.cs",
            ".OrderBy(sum => sum.Channel.Value, StringComparer.Ordinal)", ".OrderBy(sum => sum.Channel.Value)",
            "all programs and tests run with InvariantGlobalization, in which texts compare by their bytes"),
        new("src/RouterCluster.Domain/Books/UntoldChanges.cs", "_changes.Clear();", ";",
            "a snapshot is read by a new book alone, which has no changes yet"),
    ];

    private static readonly Dictionary<(string, string, string), string> Reasons =
        List.ToDictionary(known => (known.File, known.Before, known.After), known => known.Reason);

    public static string? ReasonOf(Mutant mutant) => Reasons.GetValueOrDefault(mutant.Key);
}

/// <param name="Before">The changed lines, their spaces run together: it is found after other lines have moved.</param>
internal sealed record EquivalentMutant(string File, string Before, string After, string Reason);
