using System.Text.RegularExpressions;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Replaces <c>${NAME}</c> and <c>${?NAME}</c> (which may be missing and is then "") by environment variables, outside
/// strings and comments.
/// </summary>
internal static partial class HoconEnvironment
{
    /// <summary>
    /// Leaves no substitution in the result: on one that refers to itself or to a missing optional value the parser
    /// overflows its stack, which cannot be caught.
    /// </summary>
    /// <param name="fault">Describes a substitution that is not possible; null when there is none.</param>
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
