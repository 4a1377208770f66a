using System.Net;
using System.Text.Json.Nodes;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class ControlTests : SimulatorTest
{
    private const string Complete = """
        { "mode": "processing", "success_rate": 0.97, "customer_failure_rate": 0.02, "latency_ms": 20, "latency_p99_ms": 80,
          "query_visible_after_ms": 7, "max_concurrency": 16, "retry_after_s": 90, "notify": "twice", "seed": 42 }
        """;

    [Fact]
    public async Task Settings_come_back_as_they_were_given()
    {
        var (status, answered) = await Psp.PutAsync(Complete);
        var read = await Psp.GetControlAsync("/alpha");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(JsonNode.Parse(Complete)!.AsObject(), field =>
        {
            Assert.Equal(field.Value!.ToJsonString(), answered[field.Key]!.ToJsonString());
            Assert.Equal(field.Value!.ToJsonString(), read[field.Key]!.ToJsonString());
        });
    }

    [Fact]
    public async Task What_is_not_named_stays()
    {
        await Psp.SetAsync(Complete);
        await Psp.SetAsync("""{ "mode": "ok" }""");

        var settings = await Psp.GetControlAsync("/alpha");
        Assert.Equal("ok", (string)settings["mode"]!);
        Assert.Equal(0.97, (double)settings["success_rate"]!);
        Assert.Equal(16, (int)settings["max_concurrency"]!);
    }

    [Fact]
    public async Task Everything_wrong_is_named_and_nothing_is_taken()
    {
        var (status, body) = await Psp.PutAsync("""
            { "mode": "broken", "success_rate": 1.1, "latency_ms": -1, "notify": 3, "seed": "one",
              "max_concurrency": 2, "colour": "red" }
            """);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var detail = (string)body["detail"]!;
        Assert.All(["mode", "success_rate", "latency_ms", "notify", "seed", "colour"], name =>
            Assert.Contains(name + ":", detail, StringComparison.Ordinal));
        Assert.Equal(6, body["errors"]!.AsArray().Count);
        Assert.Equal(0, (int)(await Psp.GetControlAsync("/alpha"))["max_concurrency"]!);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{ "mode": "ok", "mode": "hang" }""")]
    [InlineData("""{ "latency_ms": 100, "latency_p99_ms": 50 }""")]
    [InlineData("""{ "max_concurrency": 1.5 }""")]
    public async Task A_change_that_makes_no_sense_is_refused(string json)
    {
        var (status, _) = await Psp.PutAsync(json);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("ok", (string)(await Psp.GetControlAsync("/alpha"))["mode"]!);
    }

    [Fact]
    public async Task A_higher_median_alone_lifts_the_p99_with_it()
    {
        await Psp.SetAsync("""{ "latency_ms": 300 }""");

        Assert.Equal(300, (int)(await Psp.GetControlAsync("/alpha"))["latency_p99_ms"]!);
    }

    [Theory]
    [InlineData("/_control/alpha/unknown")]
    [InlineData("/_control/_hidden")]
    [InlineData("/alpha")]
    [InlineData("/alpha/orders/a/b")]
    [InlineData("/")]
    public async Task Other_paths_are_not_found(string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(Psp.SharedUrl + path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
