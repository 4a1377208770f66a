using System.Collections.Immutable;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>The files' configuration, which does not change while the node runs.</summary>
internal sealed record FileConfiguration(
    SettingNode.Section Tree, ClusterSettings Cluster, ImmutableArray<string> Protocols)
{
    public SettingsReading Read(ConfigurationState state) => RouterSection.Read(state.Over(Tree), Cluster, Protocols);
}

/// <summary>What a document would make of the configuration in force, checked as at start.</summary>
/// <param name="After">The state with the document in it.</param>
/// <param name="Settings">What would be in force; null exactly when there are errors.</param>
internal sealed record ConfigurationPlan(
    ConfigurationState After, RouterSettings? Settings, ImmutableArray<ConfigurationChange> Changes,
    ImmutableArray<SettingError> Errors)
{
    private const string Drains = "removed: gets nothing new, and leaves when none of its attempts is open any more";

    public static ConfigurationPlan Of(FileConfiguration files, ConfigurationState now, ConfigurationDocument document)
    {
        var before = now.Over(files.Tree);
        var log = new SettingLog();
        var after = Channels(document, now, before, log);
        after = Merchants(document, after, before, log);
        return Checked(files, now, after, [.. document.Errors, .. log.Errors]);
    }

    /// <param name="found">Errors of what has led to <paramref name="after"/>.</param>
    public static ConfigurationPlan Checked(
        FileConfiguration files, ConfigurationState now, ConfigurationState after, ImmutableArray<SettingError> found)
    {
        var reading = files.Read(after);
        SettingError[] errors =
        [
            .. found, .. reading.Errors,
            .. after.Leaving == now.Leaving ? [] : files.Read(after.WithoutLeaving()).Errors,
        ];
        if (errors.Length == 0 && reading.Settings!.Channels.All(channel => after.Leaving.Contains(channel.Id.Value)))
        {
            errors = [new SettingError("router.channels", "(none)", "at least one channel that stays")];
        }

        var changes = ConfigurationDifference.Between(now.Over(files.Tree), after.Over(files.Tree))
            .Where(change => change.Kind != "channel" || !IsLeaving(change.Name))
            .Concat(after.Leaving.Except(now.Leaving).Select(
                name => new ConfigurationChange("channel", name, "", Drains)));
        return new ConfigurationPlan(
            after, errors.Length == 0 ? reading.Settings : null, [.. changes], [.. errors.Distinct()]);

        bool IsLeaving(string name) => after.Leaving.Contains(name) && !now.Leaving.Contains(name);
    }

    private static ConfigurationState Channels(
        ConfigurationDocument document, ConfigurationState state, SettingNode.Section before, SettingLog log)
    {
        foreach (var (name, node) in ConfigurationLayers.In(document.Layer, "channels").Children)
        {
            var path = $"router.channels.{name}";
            if (state.Leaving.Contains(name) && !ConfigurationLayers.IsRemoved(node))
            {
                log.Fixed(path, "another channel, or this one after it has left: it was removed");
            }
            else if (!ConfigurationLayers.IsRemoved(node))
            {
                state = state.Define("channels", name, node);
            }
            else if (IsKnown(before, "channels", name, log))
            {
                state = state.Retire(name);
            }
        }

        return state;
    }

    private static ConfigurationState Merchants(
        ConfigurationDocument document, ConfigurationState state, SettingNode.Section before, SettingLog log)
    {
        foreach (var (name, node) in ConfigurationLayers.In(document.Layer, "merchants").Children)
        {
            if (!ConfigurationLayers.IsRemoved(node))
            {
                state = state.Define("merchants", name, node);
            }
            else if (IsKnown(before, "merchants", name, log))
            {
                state = state.Remove("merchants", name);
            }
        }

        return state;
    }

    private static bool IsKnown(SettingNode.Section tree, string part, string name, SettingLog log)
    {
        var known = ConfigurationLayers.In(ConfigurationLayers.In(tree, "router"), part).Children;
        if (!known.ContainsKey(name))
        {
            log.Wrong($"router.{part}.{name}", "null", $"one of those that exist: {string.Join(", ", known.Keys)}");
        }

        return known.ContainsKey(name);
    }
}
