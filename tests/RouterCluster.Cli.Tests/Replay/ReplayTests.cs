using System.Text.Json;
using System.Xml.Linq;

namespace RouterCluster.Cli.Tests.Replay;

public sealed class ReplayTests
{
    private static readonly Dictionary<string, string> Nowhere = [];

    [Fact]
    public async Task The_answer_has_exactly_the_fields_that_programs_read()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 9, arrivals: 50));

        var root = await JsonAsync("replay", trace.Path, "--json", "--policy", "round-robin");

        Assert.Equal(["arrivals", "oracle", "policies"], Names(root));
        Assert.Equal(450, root.GetProperty("arrivals").GetInt64());
        Assert.Equal(["round-robin"], Names(root.GetProperty("policies")));
        var policy = root.GetProperty("policies").GetProperty("round-robin");
        Assert.Equal(["success", "regret", "share"], Names(policy));
        Assert.Equal(["alpha", "bravo", "charlie"], Names(policy.GetProperty("share")));
        Assert.All(policy.GetProperty("share").EnumerateObject(), share => Assert.Equal(1.0 / 3, share.Value.GetDouble(), 6));
    }

    [Fact]
    public async Task The_oracle_takes_the_best_channel_of_each_bucket()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 9, arrivals: 50));

        var root = await JsonAsync("replay", trace.Path, "--json", "--policy", "round-robin");

        var oracle = ((0.98 * 2) + 0.9) / 3 * 0.98;
        var roundRobin = ((0.98 * 2 / 3) + 0.9 + 0.85) / 3 * 0.98;
        var policy = root.GetProperty("policies").GetProperty("round-robin");
        Assert.Equal(oracle, root.GetProperty("oracle").GetDouble(), 9);
        Assert.Equal(roundRobin, policy.GetProperty("success").GetDouble(), 2);
        Assert.Equal(
            1 - (policy.GetProperty("success").GetDouble() / oracle), policy.GetProperty("regret").GetDouble(), 9);
    }

    [Fact]
    public async Task All_policies_are_run_where_none_is_named()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 6, arrivals: 20));

        var root = await JsonAsync("replay", trace.Path, "--json");

        Assert.Equal(
            ["success-rate", "round-robin", "static", "window-125", "window-125-1", "thompson-998", "sw-ucb"],
            Names(root.GetProperty("policies")));
    }

    [Fact]
    public async Task Success_rate_routing_leaves_a_dead_channel_and_comes_back()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 180, arrivals: 200));

        var policies = (await JsonAsync("replay", trace.Path, "--json")).GetProperty("policies");

        var (ours, window) = (Regret(policies, "success-rate"), Regret(policies, "window-125-1"));
        Assert.True(ours < window, $"regret {ours}, the window's {window}");
        Assert.True(Regret(policies, "static") > 0.2, "static priority stays on the dead channel");
        var share = policies.GetProperty("success-rate").GetProperty("share").GetProperty("alpha").GetDouble();
        Assert.InRange(share, 0.55, 0.68);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 30, arrivals: 40));
        var policy = new[] { "--policy", "thompson-998" };

        var first = await Tool.RunAsync(Nowhere, ["replay", trace.Path, "--json", "--seed", "7", .. policy]);
        var again = await Tool.RunAsync(Nowhere, ["replay", trace.Path, "--json", "--seed", "7", .. policy]);
        var other = await Tool.RunAsync(Nowhere, ["replay", trace.Path, "--json", "--seed", "8", .. policy]);

        Assert.Equal(first.Output, again.Output);
        Assert.NotEqual(first.Output, other.Output);
    }

    [Fact]
    public async Task People_get_a_table()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 9, arrivals: 50));

        var ending = await Tool.RunAsync(Nowhere, ["replay", trace.Path, "--policy", "static"]);

        Assert.Equal(0, ending.Code);
        Assert.Contains(ending.Lines, line => line.Contains("static", StringComparison.Ordinal)
            && line.Contains("alpha 100.0%", StringComparison.Ordinal));
        Assert.Equal("", ending.Error);
    }

    [Fact]
    public async Task The_picture_is_xml_that_names_channels_and_policies()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 9, arrivals: 50).Replace("bravo", "b<&", StringComparison.Ordinal));
        var picture = trace.InFolder("traffic.svg");

        var ending = await Tool.RunAsync(
            Nowhere, ["replay", trace.Path, "--policy", "static", "--policy", "sw-ucb", "--svg", picture]);

        Assert.Equal(0, ending.Code);
        var texts = XDocument.Load(picture).Descendants().Where(node => node.Name.LocalName == "text");
        Assert.Subset(
            texts.Select(node => node.Value).ToHashSet(),
            new HashSet<string> { "alpha", "b<&", "charlie", "static", "sw-ucb" });
    }

    [Fact]
    public async Task A_picture_that_cannot_be_written_does_not_cost_the_answer()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 3, arrivals: 5));

        var ending = await Tool.RunAsync(
            Nowhere, ["replay", trace.Path, "--policy", "static", "--svg", trace.InFolder("none/traffic.svg")]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("none/traffic.svg", ending.Error);
        Assert.Contains("static", ending.Output);
    }

    [Fact]
    public async Task An_empty_path_ends_with_2()
    {
        Assert.Equal(2, (await Tool.RunAsync(Nowhere, ["replay", ""])).Code);
        Assert.Equal(2, (await Tool.RunAsync(Nowhere, ["replay", "-", "--svg", ""])).Code);
    }

    [Theory]
    [InlineData("--policy luck")]
    [InlineData("--policy priority")]
    [InlineData("--seed soon")]
    public async Task A_wrong_option_ends_with_2(string option)
    {
        using var trace = Traces.File(Traces.Outage(buckets: 3, arrivals: 5));

        var ending = await Tool.RunAsync(Nowhere, ["replay", trace.Path, .. option.Split(' ')]);

        Assert.Equal(2, ending.Code);
        Assert.Equal("", ending.Output);
    }

    [Fact]
    public async Task A_missing_file_ends_with_1()
    {
        var ending = await Tool.RunAsync(Nowhere, ["replay", "/nowhere/trace.csv"]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("/nowhere/trace.csv", ending.Error);
    }

    [Fact]
    public async Task A_malformed_row_ends_with_1_and_its_line()
    {
        using var trace = Traces.File(Traces.Outage(buckets: 3, arrivals: 5) + "30,10,ICBC,withhold,alpha,1,5,1.5,,,,,,\n");

        var ending = await Tool.RunAsync(Nowhere, ["replay", trace.Path]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("line 11: success_prob is '1.5', not a number from 0 to 1", ending.Error);
        Assert.Equal("", ending.Output);
    }

    [Fact]
    public async Task A_file_without_lines_is_refused_before_it_fills_the_memory()
    {
        using var trace = Traces.File(Traces.Header + "\n" + new string('7', 100_000));

        var ending = await Tool.RunAsync(Nowhere, ["replay", trace.Path]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("line 2: longer than", ending.Error);
    }

    [Fact]
    public async Task Line_ends_of_any_kind_and_a_mark_of_byte_order_are_read()
    {
        var text = "\uFEFF" + Traces.Outage(buckets: 3, arrivals: 5).ReplaceLineEndings("\r\n");
        using var trace = Traces.File(text);

        var root = await JsonAsync("replay", trace.Path, "--json", "--policy", "static");

        Assert.Equal(15, root.GetProperty("arrivals").GetInt64());
    }

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var ending = await Tool.RunAsync(Nowhere, arguments);
        Assert.True(ending.Code == 0, ending.Error);
        return JsonDocument.Parse(ending.Output).RootElement;
    }

    private static double Regret(JsonElement policies, string name) =>
        policies.GetProperty(name).GetProperty("regret").GetDouble();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(one => one.Name);
}
