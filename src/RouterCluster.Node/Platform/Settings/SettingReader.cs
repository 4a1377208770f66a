using System.Collections.Immutable;

namespace RouterCluster.Node.Platform.Settings;

internal delegate bool Parse<T>(string text, out T value);

/// <summary>
/// Reads one section. A missing or wrong value is noted in the log and read as its type's default, so that one pass finds
/// all errors; the log must be empty before the values are used.
/// </summary>
internal sealed class SettingReader
{
    private const string ASection = "a section { … }";

    private readonly SettingNode? _node;
    private readonly string _pattern;

    private SettingReader(SettingNode? node, string path, string pattern, SettingLog log)
    {
        _node = node;
        _pattern = pattern;
        Path = path;
        Log = log;
    }

    public string Path { get; }

    public SettingLog Log { get; }

    public static SettingReader Root(SettingNode root, string name, SettingLog log)
    {
        var above = new SettingReader(root, "", "", log);
        return above.Section(name);
    }

    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    public void Wrong(string key, string value, string allowed) => Log.Wrong(PathOf(key), value, allowed);

    /// <summary>Keys of a section that is missing itself are not reported.</summary>
    public void Missing(string key, string allowed)
    {
        if (_node is not null)
        {
            Log.Missing(PathOf(key), allowed);
        }
    }

    public T Value<T>(string key, string allowed, Parse<T> parse)
    {
        if (!TryText(key, allowed, out var text))
        {
            return default!;
        }

        if (text.Length == 0)
        {
            Missing(key, allowed);
            return default!;
        }

        return Parsed(PathOf(key), text, allowed, parse);
    }

    /// <summary>"" means: not set.</summary>
    public T? Optional<T>(string key, string allowed, Parse<T> parse) =>
        TryText(key, allowed, out var text) && text.Length > 0 ? Parsed(PathOf(key), text, allowed, parse) : default;

    public ImmutableArray<T> List<T>(string key, string allowed, Parse<T> parse, bool mayBeEmpty = true)
    {
        Note(key);
        var values = ImmutableArray.CreateBuilder<T>();
        var index = 0;
        if (!mayBeEmpty && Find(key) is SettingNode.Items { Elements.IsEmpty: true })
        {
            Wrong(key, "[]", $"at least one of: {allowed}");
        }

        foreach (var element in Elements(key, $"a list of: {allowed}"))
        {
            var path = $"{PathOf(key)}[{index++}]";
            if (element is SettingNode.Scalar scalar)
            {
                values.Add(Parsed(path, scalar.Value, allowed, parse));
            }
            else
            {
                Log.Shape(path, element, allowed);
            }
        }

        return values.ToImmutable();
    }

    /// <summary>One value or a list of them; "" means: not set.</summary>
    public ImmutableArray<T> OneOrMore<T>(string key, string allowed, Parse<T> parse)
    {
        if (Find(key) is SettingNode.Items)
        {
            return List(key, allowed, parse);
        }

        return Optional(key, allowed, parse) is { } only ? [only] : [];
    }

    /// <summary>One value or a list of at least one.</summary>
    public ImmutableArray<T> AtLeastOne<T>(string key, string allowed, Parse<T> parse) =>
        Find(key) is SettingNode.Items ? List(key, allowed, parse, mayBeEmpty: false) : [Value(key, allowed, parse)];

    public SettingReader Section(string key) => Child(Find(key), PathOf(key), Pattern(key));

    /// <summary>The sections in a section, by name, with the defaults beneath each.</summary>
    /// <param name="always">Names that exist even when the configuration does not mention them.</param>
    public IEnumerable<(string Name, SettingReader Reader)> Named(
        string key, SettingReader defaults, params IEnumerable<string> always)
    {
        var section = Section(key);
        var children = (section._node as SettingNode.Section ?? SettingNode.Section.Empty).Children;
        children = always.Aggregate(
            children, (all, name) => all.ContainsKey(name) ? all : all.Add(name, SettingNode.Section.Empty));
        foreach (var (name, node) in children)
        {
            yield return (name, Child(defaults.Beneath(node), section.PathOf(name), section.Pattern("*")));
        }
    }

    public IEnumerable<SettingReader> Listed(string key, SettingReader defaults)
    {
        Note(key);
        var index = 0;
        foreach (var element in Elements(key, "a list of sections [ { … } ]"))
        {
            yield return Child(defaults.Beneath(element), $"{PathOf(key)}[{index++}]", Pattern(key) + "[]");
        }
    }

    private static string Join(string section, string key) => section.Length == 0 ? key : $"{section}.{key}";

    private string Pattern(string key) => Join(_pattern, key);

    private void Note(string key) => Log.Note(Pattern(key));

    private SettingNode Beneath(SettingNode node) => _node is null ? node : SettingNode.Over(node, _node);

    private SettingReader Child(SettingNode? node, string path, string pattern)
    {
        if (node is SettingNode.Section)
        {
            return new SettingReader(node, path, pattern, Log);
        }

        // One error for the whole section; its keys are read as missing without further errors.
        if (node is not null)
        {
            Log.Shape(path, node, ASection);
        }
        else if (_node is not null)
        {
            Log.Missing(path, ASection);
        }

        return new SettingReader(null, path, pattern, Log);
    }

    private SettingNode? Find(string key) =>
        _node is SettingNode.Section section && section.Children.TryGetValue(key, out var child) ? child : null;

    private bool TryText(string key, string allowed, out string text)
    {
        Note(key);
        text = "";
        if (_node is null)
        {
            return false;
        }

        switch (Find(key))
        {
            case null:
                return true;
            case SettingNode.Scalar scalar:
                text = scalar.Value;
                return true;
            case var other:
                Log.Shape(PathOf(key), other, allowed);
                return false;
        }
    }

    private ImmutableArray<SettingNode> Elements(string key, string allowed)
    {
        switch (Find(key))
        {
            case SettingNode.Items list:
                return list.Elements;
            case null:
                Missing(key, allowed);
                return [];
            case var other:
                Log.Shape(PathOf(key), other, allowed);
                return [];
        }
    }

    private T Parsed<T>(string path, string text, string allowed, Parse<T> parse)
    {
        if (parse(text, out var value))
        {
            return value;
        }

        Log.Wrong(path, text, allowed);
        return default!;
    }
}
