using System.Collections.Immutable;
using Akka.Configuration;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>Merges the layers of configuration; their values are checked by <see cref="SettingReader"/>.</summary>
public static class SettingsSource
{
    private const int LongestShown = 40;

    private static readonly ImmutableArray<string> TopLevel = ["router", "akka"];

    /// <summary>Every key with its default.</summary>
    public static Config Reference { get; } = Embedded("reference.hocon");

    /// <summary>The simulator's address in the text of the demo's layer.</summary>
    private const string DemoSimulator = "http://127.0.0.1:9090/";

    /// <summary>
    /// Strongest first: sets, files, demo, reference. Other sections of files and sets (<c>akka</c>) are kept.
    /// </summary>
    /// <param name="files">Later files override earlier ones, as later <paramref name="sets"/> (<c>key=value</c>) do.</param>
    /// <param name="environment">Values for <c>${NAME}</c> in files; <c>ENCRYPTION_KEY</c> counts when no layer sets a
    /// key.</param>
    public static LoadedConfig Load(IEnumerable<string> files, IEnumerable<string> sets, Func<string, string?> environment)
    {
        var errors = ImmutableArray.CreateBuilder<SettingError>();
        var own = Config.Empty;
        foreach (var layer in files.Select(path => ReadFile(path, environment)).Concat(sets.Select(SetOption.Parse)))
        {
            errors.AddRange(layer.Errors);
            own = layer.Errors.IsEmpty ? Over(layer.Config, own) : own;
        }

        var tree = SettingNode.From(own);
        if (environment("ENCRYPTION_KEY") is { Length: > 0 } encryptionKey && TextAt(tree, "encryption-key") is null or "")
        {
            own = Over(SetOption.Quoted("router.encryption-key", encryptionKey), own);
        }

        var isDemo = TextAt(tree, "demo") is null or "on" or "true";
        var config = Over(own, isDemo ? Over(DemoOverlay(TextAt(tree, "simulator-port")), Reference) : Reference);
        return new LoadedConfig(config, errors.ToImmutable());
    }

    /// <summary>Parses one layer and reports faults that the parser ignores.</summary>
    internal static LoadedConfig Parse(string source, string raw, Func<string, string?> environment)
    {
        if (HoconBalance.FirstFault(raw) is { } fault)
        {
            return Failed(source, fault, "complete HOCON");
        }

        var text = HoconEnvironment.Resolve(raw, environment, out var unresolved);
        if (unresolved is not null)
        {
            return Failed(source, unresolved, "${NAME} with a variable that is set, or ${?NAME}");
        }

        text = HoconFault.WithoutCommasBehindSections(text);
        try
        {
            var config = ParseText(text);
            var foreign = SettingNode.From(config).Children.Keys.Where(key => !TopLevel.Contains(key));
            return new LoadedConfig(config, [.. foreign.Select(key => Misplaced(source, key))]);
        }
        catch (Exception exception) when (HoconFault.IsParsers(exception))
        {
            var line = HoconFault.LineOf(text, part => ParseText(part));
            return Failed(source, $"not HOCON ({exception.Message.Split('\n')[0].Trim()}), line {line}", "HOCON");
        }
    }

    private static Config ParseText(string text) =>
        ConfigurationFactory.ParseString(text, _ => throw new FormatException("include is not supported; repeat --config"));

    private static Config Over(Config upper, Config lower)
    {
        if (upper.IsEmpty)
        {
            return lower;
        }

        return lower.IsEmpty ? upper : upper.WithFallback(lower);
    }

    private static LoadedConfig ReadFile(string path, Func<string, string?> environment)
    {
        var source = $"--config {path}";
        try
        {
            return Parse(source, File.ReadAllText(path), environment);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Failed(source, "there is no such file", "a file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(source, "cannot be read", "a readable file");
        }
    }

    private static string? TextAt(SettingNode.Section root, string key) =>
        root.Children.GetValueOrDefault("router") is SettingNode.Section router
            && router.Children.GetValueOrDefault(key) is SettingNode.Scalar scalar ? scalar.Value : null;

    private static LoadedConfig Failed(string source, string what, string allowed) =>
        new(Config.Empty, [new SettingError(source, what, allowed)]);

    private static SettingError Misplaced(string source, string key)
    {
        var shown = SettingLog.Visible(key.Length > LongestShown ? key[..LongestShown] : key);
        return new SettingError(source, $"\"{shown}\" at the top level", string.Join(" | ", TopLevel));
    }

    private static Config DemoOverlay(string? port) => ConfigurationFactory.ParseString(int.TryParse(port, out var number)
        ? Text("demo.hocon").Replace(DemoSimulator, $"http://127.0.0.1:{number}/", StringComparison.Ordinal)
        : Text("demo.hocon"));

    private static Config Embedded(string name) => ConfigurationFactory.ParseString(Text(name));

    private static string Text(string name)
    {
        using var stream = typeof(SettingsSource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>All layers that have no fault, merged.</summary>
public sealed record LoadedConfig(Config Config, ImmutableArray<SettingError> Errors)
{
    /// <summary>Hides the configuration, which holds secrets.</summary>
    public override string ToString() => $"configuration with {Errors.Length} errors";
}
