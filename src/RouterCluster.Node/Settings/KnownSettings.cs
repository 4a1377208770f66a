using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>The existing keys, taken from the reference, and the key nearest to an unknown one.</summary>
internal sealed class KnownSettings
{
    private static readonly (string Template, string Place)[] Templates =
    [
        ("router.channel-defaults.", "router.channels.*."),
        ("router.merchant-defaults.", "router.merchants.*."),
        ("router.merchant-key-defaults.", "router.merchants.*.keys[]."),
        ("router.operator-defaults.", "router.operators[]."),
        ("router.policy-defaults.", "router.policies.*."),
        ("router.route-defaults.", "router.merchants.*.routing.*."),
        ("router.route-defaults.", "router.merchant-defaults.routing.*."),
        ("router.maintenance-defaults.", "router.channels.*.maintenance[]."),
        ("router.alerts.robot-defaults.", "router.alerts.robots.*."),
    ];

    // The user names the sections in these.
    private static readonly ImmutableHashSet<string> Named =
    [
        "router.channels", "router.merchants", "router.policies", "router.merchants.*.routing",
        "router.merchant-defaults.routing", "router.alerts.robots",
    ];

    private readonly ImmutableHashSet<string> _sections;

    public KnownSettings(SettingNode.Section reference)
    {
        var leaves = new HashSet<string>(StringComparer.Ordinal);
        Collect(reference, "", leaves);
        Leaves = [.. leaves, .. leaves.SelectMany(Places)];
        _sections = [.. Leaves.SelectMany(Above), .. Named];
    }

    /// <summary>
    /// Every key that holds a value; names of channels and merchants as <c>*</c>, list elements as <c>[]</c>.
    /// </summary>
    public ImmutableHashSet<string> Leaves { get; }

    /// <summary>The keys in the places where they are read: defaults are not read in their templates.</summary>
    public IEnumerable<string> LeavesInPlace =>
        Leaves.Where(leaf => !Templates.Any(row => leaf.StartsWith(row.Template, StringComparison.Ordinal)));

    public void FindUnknown(SettingNode node, string path, string pattern, SettingLog log)
    {
        if (node is SettingNode.Items list)
        {
            for (var index = 0; index < list.Elements.Length; index++)
            {
                FindUnknown(list.Elements[index], $"{path}[{index}]", pattern + "[]", log);
            }
        }

        if (node is not SettingNode.Section section)
        {
            return;
        }

        foreach (var (key, child) in section.Children)
        {
            var place = Named.Contains(pattern) ? $"{pattern}.*" : $"{pattern}.{key}";
            if (Leaves.Contains(place) && child is SettingNode.Section)
            {
                // The reader of the value reports its wrong shape.
                continue;
            }

            if (Leaves.Contains(place) || _sections.Contains(place))
            {
                FindUnknown(child, $"{path}.{key}", place, log);
            }
            else
            {
                log.Unknown($"{path}.{key}", Nearest($"{path}.{key}", place));
            }
        }
    }

    private static IEnumerable<string> Places(string leaf) =>
        from row in Templates
        where leaf.StartsWith(row.Template, StringComparison.Ordinal)
        select row.Place + leaf[row.Template.Length..];

    private static IEnumerable<string> Above(string leaf)
    {
        for (var dot = leaf.LastIndexOf('.'); dot > 0; dot = leaf.LastIndexOf('.', dot - 1))
        {
            yield return leaf[..dot];
        }
    }

    private static void Collect(SettingNode node, string path, HashSet<string> leaves)
    {
        if (node is not SettingNode.Section section)
        {
            leaves.Add(path);
            return;
        }

        foreach (var (key, child) in section.Children)
        {
            Collect(child, path.Length == 0 ? key : $"{path}.{key}", leaves);
        }
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }

    private string Nearest(string path, string place)
    {
        var nearest = Leaves.Concat(_sections).Order(StringComparer.Ordinal).MinBy(known => Distance(place, known))!;
        var names = path.Split('.');
        return string.Join('.', nearest.Split('.')
            .Select((part, at) => part == "*" ? names.ElementAtOrDefault(at) ?? "NAME" : part));
    }
}
