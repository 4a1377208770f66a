using System.Text;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>What leaves for the channel: once at most, only when allowed, and what of it never comes back in texts.</summary>
public abstract partial class ChannelContract
{
    [Fact]
    public async Task A_submit_on_a_connection_that_closes_under_it_is_not_sent_again()
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(Answer(Meaning.Succeeded))), PspAct.CloseAfterReading);
        var protocol = Connect(psp.BaseUrl);
        AssertEnd(OutcomeClass.Success, Landing.Landed, await protocol.SubmitAsync(Submit(), InTime));
        AssertUnknown("connection_lost", await protocol.SubmitAsync(Submit("SECOND01"), InTime));
        Assert.Single(psp.Requests, request => Encoding.UTF8.GetString(request.Body).Contains("SECOND01", StringComparison.Ordinal));
        Assert.Equal((2, 1), (psp.Requests.Count, psp.Connections));
    }

    [Fact]
    public async Task A_submit_on_a_connection_that_resets_under_it_is_not_sent_again()
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(Answer(Meaning.Succeeded))), PspAct.ResetUnread);
        var protocol = Connect(psp.BaseUrl);
        await protocol.SubmitAsync(Submit(), InTime);
        AssertUnknown("connection_lost", await protocol.SubmitAsync(Submit("SECOND01"), InTime));
        Assert.Equal((1, 1), (psp.Requests.Count, psp.Connections));
    }

    [Fact]
    public async Task A_query_on_a_connection_that_closes_under_it_is_not_put_again()
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(Answer(Meaning.Succeeded))), PspAct.CloseAfterReading);
        var protocol = Connect(psp.BaseUrl);
        AssertEnd(OutcomeClass.Success, Landing.Landed, await protocol.QueryAsync(Query(), InTime));
        AssertUnknown("connection_lost", await protocol.QueryAsync(Query(), InTime));
        Assert.Equal((2, 1), (psp.Requests.Count, psp.Connections));
    }

    [Fact]
    public async Task What_may_not_be_sent_any_more_leaves_no_byte()
    {
        await using var psp = new ScriptedPsp();
        var end = await Connect(psp.BaseUrl).SubmitAsync(Submit(mayStillSend: () => false), InTime);
        await psp.ConnectionClosedAsync();
        AssertEnd(OutcomeClass.ChannelUnreachable, Landing.NotSent, end);
        Assert.Equal(("send_forbidden", 0L), (end.Outcome.Code, psp.BytesReceived));
    }

    [Fact]
    public async Task Permission_is_asked_once_and_only_when_a_connection_stands()
    {
        var asked = 0;
        bool Count() => Interlocked.Increment(ref asked) > 0;

        using var refusing = DeadEnd.Refusing();
        await Connect(refusing.BaseUrl).SubmitAsync(Submit(mayStillSend: Count), InTime);
        Assert.Equal(0, asked);

        await using var psp = new ScriptedPsp(PspAct.Send(Write(Answer(Meaning.Succeeded))));
        await Connect(psp.BaseUrl).SubmitAsync(Submit(mayStillSend: Count), InTime);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_permission_that_cannot_be_had_leaves_no_byte()
    {
        await using var psp = new ScriptedPsp();
        var call = Submit(mayStillSend: () => throw new InvalidOperationException("The lease cannot be read."));
        AssertEnd(OutcomeClass.ChannelUnreachable, Landing.NotSent, await Connect(psp.BaseUrl).SubmitAsync(call, InTime));
        await psp.ConnectionClosedAsync();
        Assert.Equal(0, psp.BytesReceived);
    }

    [Fact]
    public async Task A_call_whose_time_is_over_leaves_no_byte()
    {
        await using var psp = new ScriptedPsp();
        var end = await Connect(psp.BaseUrl).SubmitAsync(Submit(), new CancellationToken(canceled: true));
        AssertEnd(OutcomeClass.ChannelUnreachable, Landing.NotSent, end);
        Assert.Equal(0, psp.BytesReceived);
    }

    [Fact]
    public async Task Submits_that_hang_leave_queries_their_connections()
    {
        await using var psp = new ScriptedPsp(PspAct.Hang, PspAct.Hang, PspAct.Send(Write(Answer(Meaning.Succeeded))));
        using var timeout = new CancellationTokenSource();
        var protocol = Connect(psp.BaseUrl, maxConnections: 2);
        Task<CallEnd>[] hanging = [protocol.SubmitAsync(Submit(), timeout.Token), protocol.SubmitAsync(Submit("SECOND01"), timeout.Token)];
        await psp.RequestArrivedAsync();
        await psp.RequestArrivedAsync();

        AssertEnd(OutcomeClass.Success, Landing.Landed, await protocol.QueryAsync(Query(), InTime));
        await timeout.CancelAsync();
        Assert.All(await Task.WhenAll(hanging), end => AssertUnknown("timeout", end));
    }

    [Theory]
    [InlineData("Balance of 6222020000000001 is too low")]
    [InlineData("Balance of 6222 0200 0000 0001 (Zhang San) is too low")]
    [InlineData("11010519491231002X / 138-0013-8000 / ZHANG SAN")]
    [InlineData("62220200\u200b00000001, 6222020\n000000001")]
    public async Task The_account_never_comes_back_in_a_text(string message)
    {
        var answer = Answer(Meaning.CustomerFunds) with { Message = message, ChannelOrderNo = "C" + Account.Number };
        var submit = (await SubmitAnsweredAsync(answer)).Outcome;
        var query = (await QueryAnsweredAsync(answer with { ChannelOrderNo = null })).Outcome;

        Assert.All((string[])[submit.ToString(), query.ToString()], AssertShowsNoNumber);
        Assert.DoesNotContain("Zhang San", submit.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(OutcomeClass.CustomerFunds, submit.Class);
        Assert.Null(submit.ChannelOrderNo);
    }

    [Fact]
    public async Task A_message_is_kept_short_and_on_one_line()
    {
        var answer = Answer(Meaning.CustomerFunds) with { Message = "Insufficient\r\n\u001b[31m balance\u202e 余额不足 " + new string('x', 5000) };
        var message = (await SubmitAnsweredAsync(answer)).Outcome.Message!;
        Assert.Equal(200, message.Length);
        Assert.StartsWith("Insufficient[31m balance 余额不足 x", message, StringComparison.Ordinal);
    }

    private static void AssertShowsNoNumber(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        Assert.DoesNotContain(Account.Number, digits, StringComparison.Ordinal);
        Assert.DoesNotContain(Account.Phone!, digits, StringComparison.Ordinal);
        Assert.DoesNotContain(Account.IdNo![..17], digits, StringComparison.Ordinal);
    }
}
