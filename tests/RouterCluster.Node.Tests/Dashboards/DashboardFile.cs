using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RouterCluster.Node.Tests.Dashboards;

internal sealed record Target(string Query, string Legend)
{
    public IEnumerable<string> LegendLabels => DashboardFile.LabelOf(Legend);
}

internal sealed record Panel(string Dashboard, JsonNode Json)
{
    public string Title => (string)Json["title"]!;

    public string Kind => (string)Json["type"]!;

    public IReadOnlyList<Target> Targets =>
        [.. Json["targets"]!.AsArray().Select(one => new Target((string)one!["expr"]!, (string)one["legendFormat"]!))];

    public override string ToString() => $"{Dashboard}: {Title}";
}

/// <summary>A dashboard as Grafana reads it.</summary>
internal sealed partial record DashboardFile(string Name, JsonNode Json)
{
    public IReadOnlyList<Panel> Panels => [.. Json["panels"]!.AsArray().Select(panel => new Panel(Name, panel!))];

    /// <summary>Queries that mark events in all panels.</summary>
    public IEnumerable<string> Annotations => Json["annotations"]!["list"]!.AsArray().Select(one => (string)one!["expr"]!);

    /// <summary>Metric and label that a variable takes its values from.</summary>
    public IEnumerable<(string Metric, string Label)> Variables => Json["templating"]!["list"]!.AsArray()
        .Select(one => LabelValues().Match((string)one!["definition"]!))
        .Select(match => (match.Groups["metric"].Value, match.Groups["label"].Value));

    public static IReadOnlyList<DashboardFile> All() =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "dashboards", "grafana", "dashboards"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => new DashboardFile(Path.GetFileNameWithoutExtension(path), JsonNode.Parse(File.ReadAllText(path))!)),
    ];

    public static IEnumerable<string> LabelOf(string legend) =>
        LegendLabel().Matches(legend).Select(match => match.Groups[1].Value);

    /// <summary>As Grafana fills it in where everything is chosen.</summary>
    public static string Filled(string query) => Variable().Replace(
        query.Replace("$__rate_interval", "15s", StringComparison.Ordinal), ".*");

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex LegendLabel();

    [GeneratedRegex(@"\$[a-z]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^label_values\((?<metric>\w+), (?<label>\w+)\)$")]
    private static partial Regex LabelValues();
}
