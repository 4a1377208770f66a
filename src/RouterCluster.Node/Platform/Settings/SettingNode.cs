using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>Parsed HOCON as a tree; the parser's own types do not distinguish a missing number from 0.</summary>
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

    /// <summary>May be a secret, so it is never printed.</summary>
    public sealed record Scalar(string Value) : SettingNode;

    public static Section From(Config config) => config.IsEmpty ? Section.Empty : From(config.Root) as Section ?? Section.Empty;

    /// <summary>Lays one tree over another: sections are merged, other nodes replaced.</summary>
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

        // HOCON's IsArray() is false for an empty list.
        return value.Values.OfType<HoconArray>().FirstOrDefault() is { } list
            ? new Items([.. list.Select(From)])
            : new Scalar(value.GetString() ?? "");
    }
}
