using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>One file of the domain with one change made by rule.</summary>
/// <param name="File">From the repository's root.</param>
/// <param name="Line">Where the change begins, counted from one.</param>
/// <param name="Before">The changed lines as they are, with their spaces run together.</param>
/// <param name="After">The same lines with the change.</param>
/// <param name="Source">The whole file with the change.</param>
internal sealed partial record Mutant(string File, int Line, string Rule, string Before, string After, string Source)
{
    /// <summary>Below the domain.</summary>
    public string Folder => File.Split('/')[2];

    /// <summary>The same after other lines of the file have moved.</summary>
    public (string File, string Before, string After) Key => (File, Before, After);

    public override string ToString() => $"{File}:{Line} [{Rule}] {Before}  →  {After}";

    public static Mutant Of(SyntaxTree tree, Change change)
    {
        var text = tree.GetText();
        var first = text.Lines.GetLineFromPosition(change.Place.Start);
        var last = text.Lines.GetLineFromPosition(change.Place.End);
        var before = text.ToString();
        var (head, tail) = (before[..change.Place.Start], before[change.Place.End..]);
        var after = head[first.Start..] + change.Text + before[change.Place.End..last.End];
        return new Mutant(
            tree.FilePath, first.LineNumber + 1, change.Rule, OneLine(before[first.Start..last.End]), OneLine(after),
            head + change.Text + tail);
    }

    private static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
