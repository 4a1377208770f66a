using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>A layer that an operator sends: HOCON as in a file, of channels and merchants only.</summary>
/// <param name="Layer">What it says of channels and merchants; empty where there are errors.</param>
internal sealed record ConfigurationDocument(
    string Text, SettingNode.Section Layer, ImmutableArray<SettingError> Errors)
{
    /// <summary>So many names has the path of one channel or merchant.</summary>
    private const int NamesOfOne = 3;

    private const string Source = "body";
    private const string AtRunTime = "channels and merchants (router.channels, router.merchants): all else needs a restart";

    public static ConfigurationDocument Parse(string text)
    {
        // Variables of the node's environment are not the sender's to read.
        var parsed = SettingsSource.Parse(Source, text, _ => null);
        if (!parsed.Errors.IsEmpty)
        {
            return new ConfigurationDocument(text, ConfigurationLayers.Empty, parsed.Errors);
        }

        var log = new SettingLog();
        var layer = ConfigurationLayers.Empty;
        foreach (var (section, child) in SettingNode.From(parsed.Config).Children)
        {
            if (section != "router" || child is not SettingNode.Section router)
            {
                log.Fixed(section, AtRunTime);
                continue;
            }

            foreach (var (key, part) in router.Children)
            {
                if (ConfigurationLayers.Parts.Contains(key) && part is SettingNode.Section)
                {
                    layer = ConfigurationLayers.With(layer, key, part);
                }
                else
                {
                    log.Fixed($"router.{key}", AtRunTime);
                }
            }
        }

        return new ConfigurationDocument(text, log.HasErrors ? ConfigurationLayers.Empty : layer, log.Errors);
    }

    /// <summary>An error in one line, with the line of the document that it is about.</summary>
    public (string Key, string What, int? Line) Show(SettingError error)
    {
        var line = HoconLines.LineOf(Text, error.Key, NamesOfOne);
        return (error.Key, line is null ? $"{error}" : $"{error} (line {line})", line);
    }
}
