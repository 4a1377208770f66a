using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Health;

namespace RouterCluster.Node.Tests.Dashboards;

/// <summary>The dashboards' form; what their queries return is another test's.</summary>
public sealed class DashboardTests
{
    private static readonly IReadOnlyList<DashboardFile> All = DashboardFile.All();

    private static IEnumerable<Panel> Panels => All.SelectMany(dashboard => dashboard.Panels);

    [Fact]
    public void There_is_a_dashboard_for_each_question() => Assert.Equal(
        ["router-channel", "router-merchants", "router-node", "router-on-call", "router-overview", "router-routing"],
        All.Select(dashboard => (string)dashboard.Json["uid"]!));

    [Fact]
    public void Every_panel_says_what_it_shows_and_in_which_unit() => Assert.All(Panels, panel =>
    {
        Assert.NotEmpty((string)panel.Json["description"]!);
        Assert.NotEmpty((string)panel.Json["fieldConfig"]!["defaults"]!["unit"]!);
        Assert.NotEmpty(panel.Targets);
        Assert.All(panel.Targets, target => Assert.NotEmpty(target.Legend));
    });

    [Fact]
    public void States_have_names_and_a_screen_for_one_person_has_thresholds()
    {
        Assert.All(
            Panels.Where(panel => panel.Kind == "state-timeline"),
            panel => Assert.NotEmpty(panel.Json["fieldConfig"]!["defaults"]!["mappings"]!.AsArray()));
        Assert.All(
            Panels.Where(panel => panel is { Kind: "stat", Dashboard: "router-on-call" }),
            panel => Assert.NotInRange(panel.Json["fieldConfig"]!["defaults"]!["thresholds"]!["steps"]!.AsArray().Count, 0, 1));
    }

    [Fact]
    public void No_panel_lies_on_another()
    {
        foreach (var dashboard in All)
        {
            var places = dashboard.Panels.SelectMany(panel => Cells(panel.Json["gridPos"]!)).ToList();

            Assert.Equal(places.Count, places.Distinct().Count());
            Assert.All(places, place => Assert.InRange(place.X, 0, 23));
            Assert.Equal(dashboard.Panels.Count, dashboard.Panels.Select(panel => (int)panel.Json["id"]!).Distinct().Count());
        }
    }

    [Fact]
    public async Task Prometheus_takes_its_configuration_and_the_rules_do_what_they_should()
    {
        Assert.Equal("", await Promtool.RunAsync("check", "config", PrometheusServer.Shipped("prometheus.yml")));
        Assert.Equal("", await Promtool.RunAsync("test", "rules", PrometheusServer.Shipped("rules.test.yml")));
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!)
        from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!)
        select (x, y);
}
