using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A channel in trouble says so in the log, in a few lines a minute and kind, however often it fails.</summary>
public sealed class TroubleLogTests : ChannelScene
{
    private const int Faults = 1000;
    private const int MostPerMinute = 3;

    private static readonly Outcome Unreachable =
        new(OutcomeClass.ChannelUnreachable, Landing.NotSent, CallCodes.NotConnected, "connection refused");

    private static readonly Outcome Forged = new(OutcomeClass.Unknown, Landing.Maybe, Outcome.BadSignature);

    private readonly ConcurrentQueue<string> _lines = new();
    private IActorRef? _channel;
    private int _asked;

    [Fact]
    public async Task A_channel_that_works_writes_no_line()
    {
        var told = await StartAsync();

        await SubmitAsync(told, _ => Success, calls: 20);

        Assert.Empty(_lines);
    }

    [Fact]
    public async Task The_first_connection_that_cannot_be_had_is_a_line()
    {
        var told = await StartAsync();

        await SubmitAsync(told, _ => Unreachable, calls: 1);

        await LinesAsync("Channel alpha cannot be reached by its submit lane: connection refused (0 such lines left out)");
    }

    [Fact]
    public async Task A_thousand_connections_that_cannot_be_had_are_three_lines_and_the_next_minute_counts_them()
    {
        var told = await StartAsync();

        // One of three fails, so that the breaker lets all of them through.
        await SubmitAsync(told, IsThird, 3 * Faults);
        var lines = await UntilAsync(_ => _lines.Count >= MostPerMinute);
        Assert.Equal(MostPerMinute, lines.Length);
        Assert.All(lines, line => Assert.Contains("cannot be reached by its submit lane", line, StringComparison.Ordinal));

        Time.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(told, IsThird, calls: 3);
        var all = await UntilAsync(_ => _lines.Count > MostPerMinute);
        Assert.Contains($"({Faults - MostPerMinute} such lines left out)", all[^1], StringComparison.Ordinal);

        static Outcome IsThird(int call) => call % 3 == 0 ? Unreachable : Success;
    }

    [Fact]
    public async Task A_thousand_wrong_signatures_are_a_line_each_ten_seconds()
    {
        var told = await StartAsync();

        // Three thousand calls take three seconds of the lane's rate.
        await SubmitAsync(told, call => call % 3 == 0 ? Forged : Success, 3 * Faults);
        await LinesAsync(
            "Security: 1 answer(s) to the submit lane of channel alpha had a wrong signature; none was believed");

        Time.Advance(TimeSpan.FromSeconds(10));
        await SubmitAsync(told, call => call % 3 == 0 ? Forged : Success, calls: 3);
        var all = await UntilAsync(_ => _lines.Count > 1);
        Assert.StartsWith($"Security: {Faults} answer(s) to the submit lane", all[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_signature_of_a_query_is_a_line_too()
    {
        var told = await StartAsync();
        Psp.Queried = Forged;

        told.QueryLane.Tell(Question(1));

        await LinesAsync("Security: 1 answer(s) to the query lane of channel alpha had a wrong signature; none was believed");
    }

    [Fact]
    public async Task A_breaker_says_that_it_opens_and_that_it_closes_again()
    {
        var told = await StartAsync();

        await SubmitAsync(told, _ => Fault, calls: 4);
        await LinesAsync("Channel alpha: the submit lane's breaker is Open (0 such lines left out)");
        Time.Advance(TimeSpan.FromMinutes(6));
        await SubmitAsync(told, _ => Success, calls: 4);

        var all = await UntilAsync(_ => _lines.Count > 1);
        Assert.Equal("Channel alpha: the submit lane's breaker is Closed (0 such lines left out)", Assert.Single(all[1..]));
    }

    [Fact]
    public async Task A_channel_says_that_it_refuses_orders_as_too_many_and_that_it_takes_them_again()
    {
        var told = await StartAsync();
        // What it takes is found out again from below: at a low rate that is soon done.
        await ChangeAsync(_channel!, new ChannelChange("alice", "as agreed") { SubmitRatePerSecond = 1 });

        await SubmitAsync(told, _ => TooFast, calls: 1);
        await UntilAsync(_ => Any("Channel alpha refuses orders as too many"));
        Psp.Instantly = Success;
        var all = await UntilAsync(_ =>
        {
            told.SubmitLane.Tell(Order(++_asked));
            Time.Advance(TimeSpan.FromSeconds(1));
            return Any("takes all orders again");
        });

        Assert.Equal(2, all.Length);
        Assert.StartsWith("Channel alpha refuses orders as too many and gets none until 20", all[0], StringComparison.Ordinal);
        Assert.Equal("Channel alpha takes all orders again (0 such lines left out)", all[1]);
    }

    [Fact]
    public async Task Announced_maintenance_is_a_line_that_says_until_when()
    {
        var told = await StartAsync();
        Psp.ClosedUntil = Time.GetUtcNow().AddMinutes(20);

        await SubmitAsync(told, _ => Fault, calls: 1);

        await LinesAsync(
            $"Channel alpha says that it is closed, until {Psp.ClosedUntil:u} (0 such lines left out)");
    }

    private async Task<ChannelReported> StartAsync()
    {
        (_channel, var told) = await StartChannelAsync();
        var listener = Sys.ActorOf(Props.Create(() => new Listener(_lines)));
        Sys.EventStream.Subscribe(listener, typeof(Warning));
        return told;
    }

    /// <summary>One call after the other, each taken by its book, a millisecond apart as the rate allows.</summary>
    private async Task SubmitAsync(ChannelReported told, Func<int, Outcome> outcomeOf, int calls)
    {
        for (var call = 1; call <= calls; call++)
        {
            Psp.Instantly = outcomeOf(call);
            told.SubmitLane.Tell(Order(++_asked));
            told.SubmitLane.Tell(Taken(await ReportAsync()));
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private bool Any(string words) => _lines.Any(line => line.StartsWith(words, StringComparison.Ordinal)
        || line.Contains(words, StringComparison.Ordinal));

    /// <summary>These lines and, after some time, no other.</summary>
    private async Task LinesAsync(params string[] expected) =>
        Assert.Equal(expected, await UntilAsync(_ => _lines.Count >= expected.Length));

    private async Task<string[]> UntilAsync(Predicate<int> isThere)
    {
        await AwaitConditionAsync(() => Task.FromResult(isThere(_lines.Count)), TimeSpan.FromSeconds(20));
        // A line too many would come now.
        await Operator.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        return [.. _lines];
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<string> lines) => Receive<Warning>(line => lines.Enqueue($"{line.Message}"));
    }
}
