using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Replay;
using RouterCluster.Host.Tests.Nodes;

namespace RouterCluster.Host.Tests.Operators;

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
            "/admin/v1/trace.csv?from=2026-01-02T03:00:00Z&to=2026-01-02T04:00:00Z&bucket=600", "t-viewer");

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
    public async Task A_wrong_time_is_named(string query, string field)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync("/admin/v1/trace.csv" + query, "t-viewer");

        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Fields);
    }

    [Fact]
    public async Task An_operators_token_is_needed()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(401, (await node.GetAsync("/admin/v1/trace.csv?from=2026-01-02&to=2026-01-03", "shop-key")).Status);
    }

    /// <summary>Failed at alpha, and out at bravo.</summary>
    private static Payment At(int second)
    {
        var merchant = new MerchantId("shop");
        var id = PaymentId.For(merchant, $"A-{second}", 4, [1]);
        return Samples.Rerouted(id, merchant, $"A-{second}") with { CreatedAt = Start + TimeSpan.FromSeconds(second) };
    }
}
