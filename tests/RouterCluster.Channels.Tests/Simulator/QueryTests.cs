using System.Net;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class QueryTests : SimulatorTest
{
    [Fact]
    public async Task An_unknown_order_is_a_signed_404_that_names_the_number()
    {
        var answer = await Psp.QueryAsync("nobody");

        Assert.Equal((HttpStatusCode.NotFound, true), (answer.Http, answer.IsSigned));
        Assert.Equal(("not_found", "34"), answer.Verdict);
        Assert.Equal("nobody", (string?)answer.Field("order_no"));
        Assert.Null(answer.ChannelOrderNo);
        Assert.Equal(0, answer.Amount);
        Assert.Equal("CNY", (string?)answer.Field("currency"));
    }

    [Fact]
    public async Task A_known_order_is_told_with_the_references_of_its_submit()
    {
        var submitted = await Psp.SubmitAsync("order1", 900);
        var queried = await Psp.QueryAsync("order1");

        Assert.Equal((HttpStatusCode.OK, true), (queried.Http, queried.IsSigned));
        Assert.Equal(submitted.Text, queried.Text);
    }

    [Fact]
    public async Task An_order_is_not_found_until_it_is_visible()
    {
        await Psp.SetAsync("""{ "query_visible_after_ms": 2000 }""");
        await Psp.SubmitAsync("order1");

        Assert.Equal("not_found", (await Psp.QueryAsync("order1")).Status);
        await SimulatedPsp.Eventually(async () => (await Psp.QueryAsync("order1")).Status == "succeeded");
    }

    [Fact]
    public async Task The_delay_is_the_one_that_held_when_the_order_was_booked()
    {
        await Psp.SubmitAsync("order1");
        await Psp.SetAsync("""{ "query_visible_after_ms": 600000 }""");
        await Psp.SubmitAsync("order2");

        Assert.Equal("succeeded", (await Psp.QueryAsync("order1")).Status);
        Assert.Equal("not_found", (await Psp.QueryAsync("order2")).Status);
    }

    [Theory]
    [InlineData("reset_before")]
    [InlineData("reset_after")]
    [InlineData("lost_response")]
    [InlineData("error_500")]
    [InlineData("bad_signature")]
    [InlineData("wrong_amount")]
    [InlineData("throttle")]
    [InlineData("maintenance")]
    [InlineData("processing")]
    public async Task Queries_tell_the_truth_whatever_submits_suffer(string mode)
    {
        await Psp.SubmitAsync("order1", 300);
        await Psp.SetAsync($$"""{ "mode": "{{mode}}" }""");
        var answer = await Psp.QueryAsync("order1");

        Assert.True(answer.IsSigned);
        Assert.Equal(("succeeded", "00"), answer.Verdict);
        Assert.Equal(300, answer.Amount);
    }

    [Fact]
    public async Task Hang_holds_queries_too()
    {
        await Psp.SubmitAsync("order1");
        await Psp.SetAsync("""{ "mode": "hang" }""");
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Psp.QueryAsync("order1", cancellation: giveUp.Token));
    }
}
