using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Replay;

namespace RouterCluster.Node.Tests.Routing;

public sealed class TraceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Past_traffic_comes_as_a_trace_over_any_number_of_pages()
    {
        await using var node = await TestNode.StartAsync();
        for (var i = 0; i < 1201; i++)
        {
            node.History.Payments.Add(At(i));
        }

        var answer = await node.GetAsync(
            "/admin/v1/trace.csv?from=2026-01-02T03:00:00Z&to=2026-01-02T04:00:00Z&bucket=600", "t-operator");

        Assert.Equal((200, "text/csv"), (answer.Status, answer.Message.Content.Headers.ContentType!.MediaType));
        var lines = answer.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(TraceFormat.Header, lines[0]);
        var format = TraceFormat.Of(lines[0]);
        var rows = lines.Skip(1).Select((line, i) => format.Parse(line, i + 2)).ToArray();
        Assert.Equal(1201, rows.Where(row => row.Channel == "alpha").Sum(row => row.Arrivals));
        Assert.Equal([600, 600, 1], rows.Where(row => row.Channel == "bravo").Select(row => row.Arrivals));
        Assert.Equal(1201, rows.Where(row => row.Channel == "alpha").Sum(row => row.SourceCount));
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("?from=2026-01-02&to=soon", "to")]
    [InlineData("?from=2026-01-02&to=2026-01-02", "to")]
    [InlineData("?from=2026-01-02&to=2026-01-03&bucket=0", "bucket")]
    [InlineData("?from=2026-01-01&to=2026-02-01T00:00:01Z", "to")]
    public async Task A_wrong_time_is_named(string query, string field)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync("/admin/v1/trace.csv" + query, "t-operator");

        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Fields);
    }

    [Theory]
    [InlineData("shop-key", 401)]
    [InlineData("t-viewer", 403)]
    [InlineData("t-operator", 200)]
    public async Task An_operators_token_with_the_role_is_needed(string key, int status)
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(status, (await node.GetAsync("/admin/v1/trace.csv?from=2026-01-02&to=2026-01-03", key)).Status);
    }

    [Fact]
    public async Task One_export_runs_at_a_time()
    {
        await using var node = await TestNode.StartAsync();
        var (entered, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        node.History.OnPage = () =>
        {
            entered.TrySetResult();
            return end.Task;
        };
        const string Path = "/admin/v1/trace.csv?from=2026-01-02&to=2026-01-03";
        var running = node.GetAsync(Path, "t-operator");
        await entered.Task;

        var second = await node.GetAsync(Path, "t-admin");
        end.SetResult();
        var first = await running;
        var third = await node.GetAsync(Path, "t-admin");

        Assert.Equal((200, 429, 200), (first.Status, second.Status, third.Status));
        Assert.Equal("trace_running", second.Code);
        Assert.NotNull(second.Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task Banks_that_merchants_invent_share_a_segment_and_those_of_channels_have_their_own()
    {
        await using var node = await TestNode.StartAsync("""
            router { trace.banks = 3, channels.alpha.banks = ["*", "ICBC"] }
            """);
        for (var i = 0; i < 500; i++)
        {
            var payment = At(i);
            var bank = i % 10 == 0 ? "ICBC" : $"X{i}";
            node.History.Payments.Add(
                payment with { Content = payment.Content with { Account = payment.Content.Account with { Bank = bank } } });
        }

        var answer = await node.GetAsync(
            "/admin/v1/trace.csv?from=2026-01-02T03:00:00Z&to=2026-01-02T04:00:00Z&bucket=3600", "t-operator");

        var lines = answer.Text.TrimEnd('\n').Split('\n');
        var format = TraceFormat.Of(lines[0]);
        var arrivals = lines.Skip(1).Select((line, i) => format.Parse(line, i + 2))
            .Where(row => row.Channel == "alpha")
            .ToDictionary(row => row.Segment, row => row.Arrivals);
        Assert.Equal(["ICBC", "X1", "X2", "X3", "other"], arrivals.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((50, 447), (arrivals["ICBC"], arrivals["other"]));
    }

    /// <summary>Failed at alpha, and out at bravo.</summary>
    private static Payment At(int second)
    {
        var merchant = new MerchantId("shop");
        var id = PaymentId.For(merchant, $"A-{second}", 4, [1]);
        return Samples.Rerouted(id, merchant, $"A-{second}") with { CreatedAt = Start + TimeSpan.FromSeconds(second) };
    }
}
