using System.Text.RegularExpressions;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Puts environment variables where a file says <c>${NAME}</c>, or <c>${?NAME}</c> for one that may be missing and is ""
/// then. Strings and comments stay as they are.
/// </summary>
internal static partial class HoconEnvironment
{
    /// <summary>
    /// No other substitution is left in the result: the parser runs into a stack overflow on one that refers to itself
    /// or to an optional value that is not there, and that cannot be caught.
    /// </summary>
    /// <param name="fault">What cannot be put in, in words; null for nothing.</param>
    public static string Resolve(string text, Func<string, string?> environment, out string? fault)
    {
        string? first = null;
        var resolved = Piece().Replace(text, piece =>
        {
            var name = piece.Groups["name"];
            if (!name.Success)
            {
                first ??= piece.Value.StartsWith('$')
                    ? $"{piece.Value} is no environment variable in capitals, line {HoconBalance.Line(text, piece.Index)}"
                    : null;
                return piece.Value;
            }

            var value = environment(name.Value);
            first ??= value is null && !piece.Groups["optional"].Success
                ? $"{piece.Value} is not in the environment, line {HoconBalance.Line(text, piece.Index)}"
                : null;
            return SetOption.Quote(value ?? "");
        });
        fault = first;
        return resolved;
    }

    [GeneratedRegex(""""
        """[\s\S]*?""" | "(\\.|[^"\\\n])*" | (\#|//)[^\n]* | \$\{(?<optional>\?)?(?<name>[A-Z_][A-Z0-9_]*)\} | \$\{[^}\n]*\}?
        """", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Piece();
}
