using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>All that operators have changed at run time since the files, as it lies over them.</summary>
/// <param name="Layer">Channels and merchants; removed ones are marked.</param>
/// <param name="Leaving">Removed channels that stay, retired, until none of their attempts is open.</param>
internal sealed record ConfigurationState(SettingNode.Section Layer, ImmutableSortedSet<string> Leaving)
{
    private const string LayerKey = "layer";
    private const string LeavingKey = "leaving";
    private const string ChannelsPart = "channels";

    public static readonly ConfigurationState Unchanged = new(
        ConfigurationLayers.Empty, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    private static readonly SettingNode Retired =
        ConfigurationLayers.With(ConfigurationLayers.Empty, "retired", new SettingNode.Scalar("on"));

    public SettingNode.Section Over(SettingNode.Section files) => ConfigurationLayers.Over(Layer, files);

    /// <summary>Of something that was removed, only what is said now counts, over the files.</summary>
    public ConfigurationState Define(string part, string name, SettingNode node)
    {
        var earlier = ConfigurationLayers.Find(Layer, part, name);
        var merged = earlier is null || ConfigurationLayers.IsRemoved(earlier) ? node : SettingNode.Over(node, earlier);
        return this with { Layer = ConfigurationLayers.Define(Layer, part, name, merged) };
    }

    /// <summary>In the place of all that was said of it before; null: as the files have it.</summary>
    public ConfigurationState Replace(string part, string name, SettingNode? node) =>
        this with { Layer = ConfigurationLayers.Replace(Layer, part, name, node) };

    /// <summary>What lies over the files' settings of it; null: nothing does, or it is removed.</summary>
    public SettingNode? Find(string part, string name) =>
        ConfigurationLayers.Find(Layer, part, name) is { } node && !ConfigurationLayers.IsRemoved(node) ? node : null;

    /// <summary>It is configured; a channel that is leaving still is.</summary>
    public bool Has(SettingNode.Section files, string part, string name)
    {
        var node = ConfigurationLayers.Find(Layer, part, name) ?? ConfigurationLayers.OfFiles(files, part, name);
        return node is not null && !ConfigurationLayers.IsRemoved(node);
    }

    public ConfigurationState Remove(string part, string name) =>
        this with { Layer = ConfigurationLayers.Remove(Layer, part, name) };

    public ConfigurationState Retire(string channel) =>
        Define(ChannelsPart, channel, Retired) with { Leaving = Leaving.Add(channel) };

    public ConfigurationState Leave(string channel) =>
        Remove(ChannelsPart, channel) with { Leaving = Leaving.Remove(channel) };

    public ConfigurationState WithoutLeaving() => Leaving.Aggregate(this, (state, channel) => state.Leave(channel));

    public byte[] ToStored()
    {
        var leaving = new SettingNode.Items([.. Leaving.Select(channel => new SettingNode.Scalar(channel))]);
        var whole = ConfigurationLayers.With(ConfigurationLayers.Empty, LayerKey, Layer);
        return ConfigurationLayers.ToStored(ConfigurationLayers.With(whole, LeavingKey, leaving));
    }

    /// <exception cref="JsonException">The bytes are no state.</exception>
    public static ConfigurationState FromStored(ReadOnlyMemory<byte> stored)
    {
        var whole = ConfigurationLayers.FromStored(stored);
        var leaving = whole.Children.GetValueOrDefault(LeavingKey) is SettingNode.Items list
            ? list.Elements.OfType<SettingNode.Scalar>().Select(channel => channel.Value)
            : [];
        return new ConfigurationState(
            ConfigurationLayers.In(whole, LayerKey), leaving.ToImmutableSortedSet(StringComparer.Ordinal));
    }

    /// <summary>Tells two states apart without showing their secrets.</summary>
    public static string DigestOf(byte[] stored) => Convert.ToHexStringLower(SHA256.HashData(stored));
}
