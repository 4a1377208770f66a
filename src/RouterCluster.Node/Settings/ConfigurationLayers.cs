using System.Text.Json;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>
/// The part of the configuration that changes while nodes run, as it lies over the files: channels and merchants, and marks
/// for those of the files that were removed.
/// </summary>
internal static class ConfigurationLayers
{
    public static readonly IReadOnlyList<string> Parts = ["channels", "merchants"];

    private const string Router = "router";

    /// <summary>HOCON's null, as the parser returns it.</summary>
    private static readonly SettingNode.Scalar Removed = new("");

    public static SettingNode.Section Empty => SettingNode.Section.Empty;

    /// <summary>A null in a part stands for a whole channel or merchant that goes.</summary>
    public static bool IsRemoved(SettingNode? node) => node is SettingNode.Scalar { Value: "" or "null" };

    public static SettingNode? Find(SettingNode.Section layer, string part, string name) =>
        In(layer, part).Children.GetValueOrDefault(name);

    /// <summary>The configuration with the layer in it, and without what the layer removes.</summary>
    /// <param name="tree">A configuration with a section <c>router</c>.</param>
    public static SettingNode.Section Over(SettingNode.Section layer, SettingNode.Section tree)
    {
        var router = tree.Children.GetValueOrDefault(Router) as SettingNode.Section ?? Empty;
        var merged = (SettingNode.Section)SettingNode.Over(layer, router);
        foreach (var part in Parts)
        {
            var left = In(merged, part).Children.Where(row => !IsRemoved(row.Value));
            merged = With(merged, part, new SettingNode.Section(Empty.Children.AddRange(left)));
        }

        return With(tree, Router, merged);
    }

    public static SettingNode.Section Remove(SettingNode.Section layer, string part, string name) =>
        With(layer, part, With(In(layer, part), name, Removed));

    public static SettingNode.Section Define(SettingNode.Section layer, string part, string name, SettingNode node) =>
        With(layer, part, With(In(layer, part), name, node));

    public static SettingNode.Section Replace(SettingNode.Section layer, string part, string name, SettingNode? node)
    {
        var rest = In(layer, part).Children.Remove(name);
        return With(layer, part, new SettingNode.Section(node is null ? rest : rest.SetItem(name, node)));
    }

    /// <param name="tree">A configuration with a section <c>router</c>.</param>
    public static SettingNode? OfFiles(SettingNode.Section tree, string part, string name) =>
        Find(In(tree, Router), part, name);

    public static SettingNode.Section With(SettingNode.Section section, string key, SettingNode child) =>
        new(section.Children.SetItem(key, child));

    public static SettingNode.Section In(SettingNode.Section section, string key) =>
        section.Children.GetValueOrDefault(key) as SettingNode.Section ?? Empty;

    public static byte[] ToStored(SettingNode.Section layer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, layer);
        }

        return stream.ToArray();
    }

    public static SettingNode.Section FromStored(ReadOnlyMemory<byte> stored)
    {
        using var json = JsonDocument.Parse(stored);
        return (SettingNode.Section)Read(json.RootElement);
    }

    private static void Write(Utf8JsonWriter json, SettingNode node)
    {
        switch (node)
        {
            case SettingNode.Section section:
                json.WriteStartObject();
                foreach (var (key, child) in section.Children)
                {
                    json.WritePropertyName(key);
                    Write(json, child);
                }

                json.WriteEndObject();
                break;
            case SettingNode.Items list:
                json.WriteStartArray();
                foreach (var element in list.Elements)
                {
                    Write(json, element);
                }

                json.WriteEndArray();
                break;
            case SettingNode.Scalar scalar:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }

    private static SettingNode Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new SettingNode.Section(Empty.Children.AddRange(
            json.EnumerateObject().Select(child => KeyValuePair.Create(child.Name, Read(child.Value))))),
        JsonValueKind.Array => new SettingNode.Items([.. json.EnumerateArray().Select(Read)]),
        _ => new SettingNode.Scalar(json.GetString() ?? ""),
    };
}
