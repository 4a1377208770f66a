using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>One changed key of a channel or merchant, or the whole of it: then the key is empty.</summary>
/// <param name="Kind"><c>channel</c> or <c>merchant</c>.</param>
/// <param name="What">The key with its values, or what happens to the whole. No secret is in it.</param>
internal sealed record ConfigurationChange(string Kind, string Name, string Key, string What)
{
    public override string ToString() => $"{Kind} {Name}: {What}";
}

/// <summary>What differs between two configurations in channels and merchants, with the defaults beneath both.</summary>
internal static class ConfigurationDifference
{
    private const int LongestShown = 80;
    private const string Missing = "(none)";

    private static readonly (string Part, string Kind, string Defaults)[] Parts =
        [("channels", "channel", "channel-defaults"), ("merchants", "merchant", "merchant-defaults")];

    /// <param name="before">With a section <c>router</c>, its defaults included; so has <paramref name="after"/>.</param>
    public static ImmutableArray<ConfigurationChange> Between(SettingNode.Section before, SettingNode.Section after)
    {
        var changes = ImmutableArray.CreateBuilder<ConfigurationChange>();
        foreach (var (part, kind, defaults) in Parts)
        {
            var (old, now) = (Of(before, part, defaults), Of(after, part, defaults));
            foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
            {
                switch (old.GetValueOrDefault(name), now.GetValueOrDefault(name))
                {
                    case (null, not null):
                        changes.Add(new ConfigurationChange(kind, name, "", "added"));
                        break;
                    case (not null, null):
                        changes.Add(new ConfigurationChange(kind, name, "", "removed"));
                        break;
                    case ({ } one, { } other):
                        changes.AddRange(OfKeys(one, other).Select(row =>
                            new ConfigurationChange(kind, name, row.Key, $"{row.Key} {row.What}")));
                        break;
                }
            }
        }

        return changes.ToImmutable();
    }

    private static Dictionary<string, SettingNode> Of(SettingNode.Section tree, string part, string defaults)
    {
        var router = ConfigurationLayers.In(tree, "router");
        var beneath = ConfigurationLayers.In(router, defaults);
        return ConfigurationLayers.In(router, part).Children.ToDictionary(
            row => row.Key, row => SettingNode.Over(row.Value, beneath), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, string What)> OfKeys(SettingNode before, SettingNode after)
    {
        var (old, now) = (Flat(before), Flat(after));
        foreach (var key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (one, other) = (old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (one != other)
            {
                yield return (key, IsHidden(key, one, other) ? "changed" : $"{Shown(one)} -> {Shown(other)}");
            }
        }
    }

    private static SortedDictionary<string, string> Flat(SettingNode node)
    {
        var flat = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(node, "", flat);
        return flat;
    }

    private static void Collect(SettingNode node, string path, SortedDictionary<string, string> flat)
    {
        switch (node)
        {
            case SettingNode.Section section:
                foreach (var (key, child) in section.Children)
                {
                    Collect(child, path.Length == 0 ? key : $"{path}.{key}", flat);
                }

                break;
            case SettingNode.Items { Elements: var elements } when elements.Any(element => element is not SettingNode.Scalar):
                for (var index = 0; index < elements.Length; index++)
                {
                    Collect(elements[index], $"{path}[{index}]", flat);
                }

                break;
            case SettingNode.Items { Elements: var elements }:
                flat[path] = $"[{string.Join(", ", elements.Cast<SettingNode.Scalar>().Select(element => element.Value))}]";
                break;
            case SettingNode.Scalar scalar:
                flat[path] = scalar.Value;
                break;
        }
    }

    /// <summary>A URL with an @ may hold a password.</summary>
    private static bool IsHidden(string key, params IEnumerable<string?> values) =>
        SettingLog.IsSecret(key) || values.Any(value => value?.Contains('@') == true);

    private static string Shown(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return Missing;
        }

        return SettingLog.Visible(value.Length > LongestShown ? $"{value[..LongestShown]}…" : value);
    }
}
