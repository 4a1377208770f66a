using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RouterCluster.Node.Audit;

/// <summary>Changes of the configuration as the one text that is stored, logged and audited, and as lines again.</summary>
internal static partial class ChangeLines
{
    public static string Join(IEnumerable<string> changes) => string.Join("; ", changes);

    /// <summary>A value may hold the mark between two lines, so that a line is known by how it begins.</summary>
    public static ImmutableArray<string> Split(string what) => what.Length == 0 ? [] : [.. Between().Split(what)];

    [GeneratedRegex(@"; (?=(?:channel|merchant) [A-Za-z0-9_-]{1,64}: )")]
    private static partial Regex Between();
}
