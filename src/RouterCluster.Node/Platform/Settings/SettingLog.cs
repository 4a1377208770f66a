using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>Errors, warnings and requested keys of one reading of the configuration.</summary>
internal sealed class SettingLog
{
    private const int LongestShown = 80;

    private static readonly ImmutableHashSet<string> SecretKeys =
        ["token", "token-sha256", "secret", "notify-secret", "encryption-key", "connection-string"];

    private readonly List<SettingError> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _patterns = new(StringComparer.Ordinal);

    public ImmutableArray<SettingError> Errors => [.. _errors];

    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>The requested keys: names of channels and merchants as <c>*</c>, list elements as <c>[]</c>.</summary>
    public IReadOnlySet<string> Read => _patterns;

    public bool HasErrors => _errors.Count > 0;

    public void Note(string pattern) => _patterns.Add(pattern);

    public void Warn(string text) => _warnings.Add(text);

    public void Missing(string path, string allowed) => _errors.Add(new SettingError(Visible(path), "(missing)", allowed));

    /// <summary>A value of the wrong shape is named and not shown.</summary>
    public void Shape(string path, SettingNode found, string allowed) =>
        _errors.Add(new SettingError(Visible(path), NameOf(found), allowed));

    /// <summary>The value of an unknown key may be a secret behind a typo, so it is not shown.</summary>
    public void Unknown(string path, string nearest) =>
        _errors.Add(new SettingError(Visible(path), "unknown key", $"a known one; the nearest is {Visible(nearest)}"));

    /// <summary>Its value may be a secret, so it is not shown.</summary>
    public void Fixed(string path, string allowed) =>
        _errors.Add(new SettingError(Visible(path), "cannot change at run time", allowed));

    public void Wrong(string path, string value, string allowed) =>
        _errors.Add(new SettingError(Visible(path), Shown(path, value), allowed));

    /// <summary>Shows control characters and invisible letters as their code.</summary>
    public static string Visible(string text) =>
        string.Concat(text.Select(letter => IsSeen(letter) ? $"{letter}" : $"\\u{(int)letter:x4}"));

    private static bool IsSeen(char letter) => char.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string NameOf(SettingNode node) => node switch
    {
        SettingNode.Section => "a section",
        SettingNode.Items => "a list",
        SettingNode.Scalar => "a single value",
        _ => throw new UnreachableException(),
    };

    public static bool IsSecret(string path) => SecretKeys.Contains(path[(path.LastIndexOf('.') + 1)..].Split('[')[0]);

    private static string Shown(string path, string value)
    {
        if (IsSecret(path) || value.Contains('@'))
        {
            return "(hidden)";
        }

        return $"\"{Visible(value.Length > LongestShown ? value[..LongestShown] : value)}\"";
    }
}
