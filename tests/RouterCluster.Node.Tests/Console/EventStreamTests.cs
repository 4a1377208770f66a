using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Console;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Console;

public sealed class EventStreamTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync("router.console.streams = 2");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Everything_comes_at_first_and_then_what_has_changed()
    {
        using var stream = await OpenAsync();
        var first = await stream.NextAsync("channels");
        var cases = await stream.NextAsync("cases", again: true);
        var alerts = await stream.NextAsync("alerts", again: true);

        _node.Channels.Set("bravo", status => status with { Lifecycle = ChannelLifecycle.Draining });
        await LookAgainAsync();
        var second = await stream.NextAsync("channels");

        Assert.True((bool)first["full"]!);
        Assert.Equal(["alpha", "bravo"], first["items"]!.AsArray().Select(item => (string?)item!["id"]));
        Assert.Equal("case_1", (string?)cases["items"]![0]!["id"]);
        Assert.Equal("channel_outage", (string?)alerts["items"]![0]!["rule"]);
        Assert.False((bool)second["full"]!);
        Assert.Equal(["bravo draining"], second["items"]!.AsArray().Select(item => $"{item!["id"]} {item["lifecycle"]}"));
    }

    [Fact]
    public async Task Outcomes_come_to_those_who_ask_for_them()
    {
        using var console = await OpenAsync();
        using var tail = new Stream(await SendAsync("t-viewer", "?outcomes=true"));
        await LookAgainAsync();
        var begin = await tail.NextAsync("outcomes");
        var payment = Samples.Rerouted(
            PaymentId.For(new MerchantId("shop"), "A-1", 4, "salt"u8), new MerchantId("shop"), "A-1");
        var channel = payment.Attempt(1)!.Channel.Value;

        _node.Get<LiveOutcomes>().Happened(new CommittedEvent(
            payment, new AttemptUnresolved(DateTimeOffset.UnixEpoch, 1, Outcome.Unknown("timeout"))));
        await LookAgainAsync();

        var told = begin;
        while ((string?)told["channel"] != channel || told["items"]!.AsArray().Count == 0)
        {
            told = await tail.NextAsync("outcomes");
        }

        Assert.Equal(
            ("unknown", "timeout", 1, payment.Id.Value),
            ((string?)told["items"]![0]!["class"], (string?)told["items"]![0]!["code"], (int)told["items"]![0]!["count"]!,
                (string?)told["items"]![0]!["payment"]));
        Assert.Equal((string?)begin["run"], (string?)told["run"]);

        // The console has been told what comes after them, and nothing of them.
        _node.Channels.Set("bravo", status => status with { Lifecycle = ChannelLifecycle.Draining });
        await LookAgainAsync();
        while ((bool)(await console.NextAsync("channels"))["full"]!)
        {
        }

        Assert.DoesNotContain("outcomes", console.Names);
        tail.Dispose();
        await WholeNode.EventuallyAsync(() => Task.FromResult(!_node.Get<LiveOutcomes>().Listens));
    }

    [Fact]
    public async Task So_many_streams_and_no_more_and_an_end_makes_room()
    {
        using var one = await OpenAsync();
        var two = await OpenAsync();
        Assert.Equal(503, await StatusAsync("t-viewer"));

        two.Dispose();

        await WholeNode.EventuallyAsync(async () => await StatusAsync("t-viewer") == 200);
        Assert.Equal(401, await StatusAsync(null));
    }

    [Fact]
    public async Task A_stopping_node_ends_its_streams()
    {
        using var stream = await OpenAsync();

        _node.Get<Readiness>().Drain();

        await stream.ToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_reader_gets_the_newest_values_and_what_stays_the_same_is_no_change()
    {
        var state = new LiveState();
        state.Write("a", [("x", "1"), ("y", "1")], RouterCluster.Api.ApiJson.Default.String);
        var (_, seen, next, _) = state.Since(0);

        state.Write("a", [("x", "1"), ("y", "1")], RouterCluster.Api.ApiJson.Default.String);
        Assert.False(next.IsCompleted);
        state.Write("a", [("y", "2")], RouterCluster.Api.ApiJson.Default.String);
        state.Write("a", [("y", "3")], RouterCluster.Api.ApiJson.Default.String);

        Assert.True(next.IsCompleted);
        var value = Assert.Single(state.Since(seen).Values);
        Assert.Equal("\"3\"", System.Text.Encoding.UTF8.GetString(value.Json));
    }

    [Fact]
    public void A_reader_that_has_seen_what_is_gone_gets_everything_anew()
    {
        var state = new LiveState();
        state.Write("a", [("x", "1"), ("y", "1")], RouterCluster.Api.ApiJson.Default.String, isWhole: true);
        state.Write("b", [("x", "1")], RouterCluster.Api.ApiJson.Default.String);
        var (_, seen, next, first) = state.Since(0);

        state.Write("a", [("y", "1")], RouterCluster.Api.ApiJson.Default.String, isWhole: true);

        Assert.True(first && next.IsCompleted);
        var (values, last, _, again) = state.Since(seen);
        Assert.Equal((2, true), (values.Count, again));
        Assert.False(state.Since(last).AreAll);
    }

    [Fact]
    public void The_line_of_success_rates_is_as_long_as_it_may_be()
    {
        var history = new SuccessHistory();
        for (var at = 0; at < SuccessHistory.Points + 5; at++)
        {
            _node.Channels.Set("alpha", status => status with { SuccessRate = at / 100.0 });
            history.Add(_node.Channels.All());
        }

        var rates = history.ToBody().Rates["alpha"];
        Assert.Equal((SuccessHistory.Points, 0.05, 0.64), (rates.Count, rates[0], rates[^1]));
    }

    /// <summary>The feed does not run here, and looks at most once a second.</summary>
    private Task LookAgainAsync() => WholeNode.EventuallyAsync(async () =>
    {
        var (_, before, _, _) = _node.Get<LiveFeed>().State.Since(0);
        await _node.Get<LiveFeed>().RefreshAsync(CancellationToken.None);
        return _node.Get<LiveFeed>().State.Since(before).Values.Count > 0;
    });

    private async Task<Stream> OpenAsync() => new(await SendAsync("t-viewer"));

    private async Task<int> StatusAsync(string? token)
    {
        using var answer = await SendAsync(token);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string? token, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Address, $"/admin/v1/events{query}"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private sealed class Stream(HttpResponseMessage answer) : IDisposable
    {
        private readonly List<(string Name, JsonNode Data)> _seen = [];
        private readonly StreamReader _reader = new(answer.Content.ReadAsStream());

        public IEnumerable<string> Names => _seen.Select(known => known.Name);

        /// <param name="again">The event may be one that has come already.</param>
        public async Task<JsonNode> NextAsync(string name, bool again = false)
        {
            if (again && _seen.FirstOrDefault(known => known.Name == name).Data is { } earlier)
            {
                return earlier;
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var current = "";
            while (await _reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    current = line["event: ".Length..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    var data = JsonNode.Parse(line["data: ".Length..])!;
                    _seen.Add((current, data));
                    if (current == name)
                    {
                        return data;
                    }
                }
            }

            throw new InvalidOperationException($"The stream ended before an event {name}.");
        }

        public async Task ToEndAsync()
        {
            while (await _reader.ReadLineAsync() is not null)
            {
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            answer.Dispose();
        }
    }
}
