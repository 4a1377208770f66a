using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>
/// The content of an earlier version with the secrets of now: a secret that was replaced does not come back. A channel or
/// merchant that was removed meanwhile comes back with the secrets that it had last.
/// </summary>
/// <param name="Kept">Secrets that are other ones than the earlier version's, one line each.</param>
internal sealed record ConfigurationRollback(ConfigurationPlan Plan, ImmutableArray<string> Kept)
{
    private const string ChannelsPart = "channels";
    private const string Stays = "is not taken back (it was replaced since)";
    private const string OfThisAccount =
        "the secret of the account that the earlier version names, which was replaced since: apply a file with both";

    /// <summary>What makes a secret one of this account and of no other.</summary>
    private static readonly string[] Account = ["base-url", "merchant-id", "protocol"];

    /// <summary>Channels and merchants that the earlier version has and this one has not.</summary>
    public static ImmutableArray<(string Part, string Name)> Returning(
        FileConfiguration files, ConfigurationState now, ConfigurationState earlier)
    {
        var target = earlier.WithoutLeaving();
        return
        [
            .. Names(now, target).Where(one =>
                target.Has(files.Tree, one.Part, one.Name) && !now.Has(files.Tree, one.Part, one.Name)),
        ];
    }

    /// <param name="last">Of those that return, what lay over the files when they were there last.</param>
    public static ConfigurationRollback Of(
        FileConfiguration files, ConfigurationState now, ConfigurationState earlier,
        IReadOnlyDictionary<(string Part, string Name), SettingNode?> last)
    {
        var target = earlier.WithoutLeaving();
        var (after, moved) = (now, new List<string>());
        foreach (var (part, name) in Names(now, target))
        {
            if (target.Has(files.Tree, part, name))
            {
                var owner = last.TryGetValue((part, name), out var node) ? node : now.Find(part, name);
                after = Return(after, target, (part, name), owner);
                if (part == ChannelsPart && AccountOf(files, name, owner) != AccountOf(files, name, after.Find(part, name)))
                {
                    moved.Add(name);
                }
            }
            else if (part != ChannelsPart)
            {
                after = after.Remove(part, name);
            }
            else if (now.Has(files.Tree, part, name) && !now.Leaving.Contains(name))
            {
                after = after.Retire(name);
            }
        }

        // Only secrets differ between the earlier version and what comes after it.
        var kept = ConfigurationDifference.Between(target.Over(files.Tree), after.WithoutLeaving().Over(files.Tree));
        var errors = kept.Where(change => change.Kind == "channel" && moved.Contains(change.Name))
            .Select(change => new SettingError($"router.channels.{change.Name}.{change.Key}", "(hidden)", OfThisAccount));
        return new ConfigurationRollback(
            ConfigurationPlan.Checked(files, now, after, [.. errors]),
            [.. kept.Select(change => $"{change.Kind} {change.Name}: {change.Key.Split('[')[0]} {Stays}").Distinct()]);
    }

    private static ConfigurationState Return(
        ConfigurationState after, ConfigurationState target, (string Part, string Name) one, SettingNode? owner)
    {
        var (secrets, _) = ConfigurationSecrets.Divide(owner);
        var (_, others) = ConfigurationSecrets.Divide(target.Find(one.Part, one.Name));
        var node = (SettingNode.Section)SettingNode.Over(secrets, others);
        after = after.Replace(one.Part, one.Name, node.Children.IsEmpty ? null : node);
        return one.Part == ChannelsPart ? after with { Leaving = after.Leaving.Remove(one.Name) } : after;
    }

    private static (string?, string?, string?) AccountOf(FileConfiguration files, string channel, SettingNode? layer)
    {
        var router = ConfigurationLayers.In(files.Tree, "router");
        var beneath = SettingNode.Over(
            ConfigurationLayers.OfFiles(files.Tree, ChannelsPart, channel) ?? ConfigurationLayers.Empty,
            ConfigurationLayers.In(router, "channel-defaults"));
        var whole = SettingNode.Over(layer ?? ConfigurationLayers.Empty, beneath) as SettingNode.Section
            ?? ConfigurationLayers.Empty;
        return (Value(whole, Account[0]), Value(whole, Account[1]), Value(whole, Account[2]));
    }

    private static string? Value(SettingNode.Section section, string key) =>
        (section.Children.GetValueOrDefault(key) as SettingNode.Scalar)?.Value;

    private static IEnumerable<(string Part, string Name)> Names(ConfigurationState now, ConfigurationState target) =>
        from part in ConfigurationLayers.Parts
        from name in ConfigurationLayers.In(now.Layer, part).Children.Keys
            .Union(ConfigurationLayers.In(target.Layer, part).Children.Keys).Order(StringComparer.Ordinal)
        select (part, name);
}
