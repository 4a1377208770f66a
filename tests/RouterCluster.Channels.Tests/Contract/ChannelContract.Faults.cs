using System.Text;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>The network's faults. Only what broke before the first byte is not sent; every other doubt is unknown.</summary>
public abstract partial class ChannelContract
{
    [Fact]
    public async Task A_refused_connection_is_not_sent()
    {
        using var end = DeadEnd.Refusing();
        await AssertNotConnectedAsync(end.BaseUrl);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_not_sent()
    {
        using var end = DeadEnd.UnknownName();
        await AssertNotConnectedAsync(end.BaseUrl);
    }

    [Fact]
    public async Task A_failed_handshake_is_not_sent()
    {
        await using var psp = new ScriptedPsp(PspAct.ResetUnread, PspAct.ResetUnread);
        await AssertNotConnectedAsync(new UriBuilder(psp.BaseUrl) { Scheme = "https" }.Uri);
    }

    /// <summary>The client's own limit for connecting ends it, long before the call's timeout.</summary>
    [Fact]
    public async Task A_connection_that_never_comes_about_is_not_sent()
    {
        using var end = await DeadEnd.SilentAsync();
        await AssertNotConnectedAsync(end.BaseUrl);
    }

    [Fact]
    public async Task A_call_given_up_before_it_connected_is_not_sent()
    {
        using var end = await DeadEnd.SilentAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var call = await Connect(end.BaseUrl).SubmitAsync(Submit(), timeout.Token);
        AssertEnd(OutcomeClass.ChannelUnreachable, Landing.NotSent, call);
    }

    [Fact]
    public async Task A_reset_before_the_order_was_read_is_unknown() => await AssertLostAsync(PspAct.ResetUnread);

    [Fact]
    public async Task A_reset_after_the_order_was_read_is_unknown() => await AssertLostAsync(PspAct.ResetAfterReading);

    [Fact]
    public async Task A_close_without_an_answer_is_unknown() => await AssertLostAsync(PspAct.CloseAfterReading);

    [Fact]
    public async Task A_truncated_answer_is_unknown() => await AssertLostAsync(PspAct.Truncate(Write(Answer(Meaning.Succeeded))));

    [Fact]
    public async Task A_channel_that_hangs_is_unknown_and_may_still_be_busy()
    {
        foreach (var isSubmit in (bool[])[true, false])
        {
            await using var psp = new ScriptedPsp(PspAct.Hang);
            await AssertGivenUpAsync(isSubmit, psp, psp.RequestArrivedAsync());
        }
    }

    [Fact]
    public async Task An_answer_that_drips_is_unknown_and_may_still_be_busy()
    {
        foreach (var isSubmit in (bool[])[true, false])
        {
            var dripping = new TaskCompletionSource();
            await using var psp = new ScriptedPsp(PspAct.Drip(Write(Answer(Meaning.Succeeded)), dripping.SetResult));
            await AssertGivenUpAsync(isSubmit, psp, dripping.Task);
        }
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(Answer(Meaning.Succeeded) with { Flaw = Flaw.TooLarge })));
        var end = await SubmitToAsync(psp);
        AssertUnknown("body_too_large", end);
        Assert.True(end.ConnectionMayLinger);
        await psp.ConnectionClosedAsync();
    }

    /// <summary>We close over such an answer, and a new call may come to the channel before that close does.</summary>
    [Theory]
    [InlineData("this is no HTTP at all\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno chunk")]
    public async Task An_answer_that_is_no_http_is_unknown_and_the_channel_may_still_be_busy(string answer)
    {
        foreach (var isSubmit in (bool[])[true, false])
        {
            await using var psp = new ScriptedPsp(PspAct.Send(Encoding.ASCII.GetBytes(answer)));
            var end = isSubmit ? await SubmitToAsync(psp) : await QueryAtAsync(psp);
            Assert.Equal((OutcomeClass.Unknown, Landing.Maybe), (end.Outcome.Class, end.Outcome.Landing));
            Assert.True(end.ConnectionMayLinger);
        }
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("307 Temporary Redirect")]
    public async Task A_redirect_is_unknown_and_not_followed(string status)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")));
        AssertUnknown("http_" + status[..3], await SubmitToAsync(psp));
        Assert.Single(psp.Requests);
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    public async Task A_gateways_page_is_unknown(string status)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Page(status)), PspAct.Send(Page(status)));
        AssertUnknown("http_" + status[..3], await SubmitToAsync(psp));
        AssertUnknown("http_" + status[..3], await QueryAtAsync(psp));
    }

    [Fact]
    public async Task Too_many_requests_refuses_a_submit_at_the_door_and_says_nothing_about_a_queried_order()
    {
        byte[][] answers = [Page("429 Too Many Requests"), "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"u8.ToArray()];
        foreach (var answer in answers)
        {
            await using var psp = new ScriptedPsp(PspAct.Send(answer), PspAct.Send(answer));
            AssertEnd(OutcomeClass.ChannelThrottled, Landing.NotLanded, await SubmitToAsync(psp));
            AssertEnd(OutcomeClass.ChannelThrottled, Landing.Maybe, await QueryAtAsync(psp));
        }
    }

    protected static byte[] Page(string status)
    {
        const string Html = "<html><body>The gateway has something to say</body></html>";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {Html.Length}\r\n\r\n{Html}");
    }

    private async Task AssertNotConnectedAsync(Uri baseUrl)
    {
        var submit = await Connect(baseUrl).SubmitAsync(Submit(), InTime);
        AssertEnd(OutcomeClass.ChannelUnreachable, Landing.NotSent, submit);
        Assert.Equal("not_connected", submit.Outcome.Code);
        AssertUnknown("not_connected", await Connect(baseUrl).QueryAsync(Query(), InTime));
    }

    private async Task AssertLostAsync(PspAct act)
    {
        await using var psp = new ScriptedPsp(act, act);
        var submit = await SubmitToAsync(psp);
        AssertUnknown("connection_lost", submit);
        Assert.Equal(1, psp.Connections);
        var query = await QueryAtAsync(psp);
        AssertUnknown("connection_lost", query);
        Assert.Equal(2, psp.Connections);
        Assert.False(submit.ConnectionMayLinger || query.ConnectionMayLinger);
    }

    private async Task AssertGivenUpAsync(bool isSubmit, ScriptedPsp psp, Task when)
    {
        using var timeout = new CancellationTokenSource();
        var protocol = Connect(psp.BaseUrl);
        var call = isSubmit ? protocol.SubmitAsync(Submit(), timeout.Token) : protocol.QueryAsync(Query(), timeout.Token);
        await when;
        await timeout.CancelAsync();
        var end = await call;
        AssertUnknown("timeout", end);
        Assert.True(end.ConnectionMayLinger);
        await psp.ConnectionClosedAsync();
    }
}
