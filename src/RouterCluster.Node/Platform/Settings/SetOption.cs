using System.Text.RegularExpressions;
using Akka.Configuration;

namespace RouterCluster.Node.Platform.Settings;

/// <summary><c>--set key=value</c>, with the quotes that HOCON needs and a shell removes.</summary>
internal static partial class SetOption
{
    private const string Form = "key=value, such as router.http.url=http://127.0.0.1:8080";

    public static LoadedConfig Parse(string option)
    {
        var split = option.IndexOf('=');
        var key = split < 0 ? "" : option[..split].Trim();
        if (!Key().IsMatch(key))
        {
            // The text may be a secret whose key was forgotten, so it is not shown.
            return new LoadedConfig(Config.Empty, [new SettingError("--set", split < 0 ? "no key and =" : "not a key", Form)]);
        }

        var value = option[(split + 1)..].Trim();
        return value.StartsWith('{') || value.StartsWith('[') || value.StartsWith('"')
            ? SettingsSource.Parse($"--set {key}", $"{key} = {QuotedItems(value)}", _ => null)
            : SettingsSource.Parse($"--set {key}", $"{key} = {Quote(value)}", _ => null);
    }

    public static Config Quoted(string key, string value) => ConfigurationFactory.ParseString($"{key} = {Quote(value)}");

    public static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes the items of a plain list such as [a, b:c] one by one.</summary>
    private static string QuotedItems(string value)
    {
        if (!PlainList().IsMatch(value))
        {
            return value;
        }

        var items = value[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", items.Select(Quote))}]";
    }

    [GeneratedRegex("""^[A-Za-z0-9_-]+(\.([A-Za-z0-9_-]+|"[^"]+"))*$""")]
    private static partial Regex Key();

    [GeneratedRegex("""^\[[^"{}\[\]]*\]$""")]
    private static partial Regex PlainList();
}
