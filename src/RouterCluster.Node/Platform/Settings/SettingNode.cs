using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>Parsed HOCON as a plain tree: the parser itself neither tells a missing number from 0 nor what was read.</summary>
internal abstract record SettingNode
{
    private SettingNode()
    {
    }

    public sealed record Section(ImmutableSortedDictionary<string, SettingNode> Children) : SettingNode
    {
        public static readonly Section Empty = new(ImmutableSortedDictionary.Create<string, SettingNode>(StringComparer.Ordinal));
    }

    public sealed record Items(ImmutableArray<SettingNode> Elements) : SettingNode;

    /// <summary>Never printed as it is: it may be a secret.</summary>
    public sealed record Scalar(string Value) : SettingNode;

    public static Section From(Config config) => config.IsEmpty ? Section.Empty : From(config.Root) as Section ?? Section.Empty;

    /// <summary>One tree over another: sections are merged, everything else is replaced.</summary>
    public static SettingNode Over(SettingNode upper, SettingNode lower)
    {
        if (upper is not Section above || lower is not Section below)
        {
            return upper;
        }

        var merged = below.Children;
        foreach (var (key, child) in above.Children)
        {
            merged = merged.SetItem(key, merged.TryGetValue(key, out var under) ? Over(child, under) : child);
        }

        return new Section(merged);
    }

    private static SettingNode From(HoconValue value)
    {
        if (value.IsObject())
        {
            var children = value.GetObject().Items.Select(item => KeyValuePair.Create(item.Key, From(item.Value)));
            return new Section(Section.Empty.Children.AddRange(children));
        }

        // IsArray() is false for an empty list.
        return value.Values.OfType<HoconArray>().FirstOrDefault() is { } list
            ? new Items([.. list.Select(From)])
            : new Scalar(value.GetString() ?? "");
    }
}
