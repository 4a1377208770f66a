using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Channels that turn a payment away unsent: a round asks each once, and rounds have growing pauses.</summary>
public sealed class RoundTests
{
    private static readonly Outcome Refused = Outcome.NotSent(OutcomeClass.ChannelUnreachable, "not_connected");

    private static readonly ChannelId[] Six = [.. Enumerable.Range(1, 6).Select(number => new ChannelId($"c{number}"))];

    private BookHarness _book = new();
    private ChannelId[] _channels = Six;
    private int _refused;

    [Fact]
    public void A_round_asks_each_channel_once_and_the_next_one_waits()
    {
        Start();
        Assert.Equal(Six, _book.Submits.Select(submit => submit.Channel));
        Assert.Equal(PaymentState.Accepted, _book.Read().State);

        var rounds = new List<double>();
        for (var seconds = 0.0; seconds < 5; seconds += 0.05)
        {
            var before = _book.Submits.Count;
            Pass(0.05);
            if (_book.Submits.Count > before)
            {
                Assert.Equal(Six.Length, _book.Submits.Count - before);
                rounds.Add(Math.Round(seconds + 0.05, 2));
            }
        }

        Assert.Equal([0.25, 0.75, 1.75, 2.75, 3.75, 4.75], rounds);
        Assert.Equal(OutcomeClass.NoChannel, _book.Read().Failure!.Class);
    }

    [Fact]
    public void A_payment_whose_channels_come_back_within_the_hold_is_sent()
    {
        Start();
        Pass(0.6);
        _channels = [];
        Pass(0.4);
        var sent = _book.Submits[^1];
        Assert.InRange(_book.Submits.Count, 13, 19);
        _book.Tell(Success, sent.AttemptNo, channel: sent.Channel);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    /// <summary>The numbers of attempts have two digits.</summary>
    [Theory]
    [InlineData(6, 300)]
    [InlineData(2, 300)]
    [InlineData(40, 5)]
    [InlineData(40, 300)]
    public void The_numbers_of_attempts_last_as_long_as_the_hold(int channels, int hold)
    {
        _channels = [.. Enumerable.Range(1, channels).Select(number => new ChannelId($"c{number}"))];
        Start(BookHarness.Usual with { Hold = BookHarness.Seconds(hold) });
        Pass(hold - 1, 0.25);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        Pass(2, 0.25);
        Assert.Equal(PaymentState.Failed, _book.Read().State);
        Assert.InRange(_book.Read().Attempts.Length, channels, 99);
    }

    [Fact]
    public void What_reached_no_channel_does_not_count_as_an_attempt_of_the_few_that_a_payment_has()
    {
        Start();
        _channels = [Six[0], Six[1]];
        Pass(0.25);
        foreach (var channel in Six[2..5])
        {
            Assert.Equal(channel, _book.Submits[^1].Channel);
            _book.Tell(Maintenance, _book.Submits[^1].AttemptNo, channel: channel);
        }

        Assert.Equal((PaymentState.Failed, OutcomeClass.ChannelMaintenance), (_book.Read().State, _book.Read().Failure!.Class));
    }

    [Fact]
    public void Whoever_waits_a_second_time_waits_as_long_as_the_first()
    {
        _book.Accept();
        NobodyNow();
        _book.Tell(LaneFull);
        _book.Pass(2);
        _book.Router = BookHarness.FirstUntried;
        _book.Pass(1);
        _book.Pass(20);
        NobodyNow();
        _book.Tell(Maintenance, 2);
        _book.Pass(4.5);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        _book.Pass(1);
        Assert.Equal(OutcomeClass.NoChannel, _book.Read().Failure!.Class);
    }

    private void NobodyNow() => _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);

    private void Start(BookRules? rules = null)
    {
        var all = _channels;
        _book = new BookHarness(rules)
        {
            Router = request => all.Except(request.Tried).ToList() is [var channel, ..]
                ? new RouteDecision.Chosen(channel, RouteReasons.None)
                : new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None),
        };
        _refused = 0;
        _book.Accept();
        Refuse();
    }

    private void Pass(double seconds, double step = 0.05)
    {
        for (var rest = seconds; rest > 1e-9; rest -= step)
        {
            _book.Pass(Math.Min(step, rest), step);
            Refuse();
        }
    }

    /// <summary>Whoever refuses does so at once.</summary>
    private void Refuse()
    {
        while (_refused < _book.Submits.Count && _channels.Contains(_book.Submits[_refused].Channel))
        {
            var submit = _book.Submits[_refused++];
            _book.Tell(Refused, submit.AttemptNo, channel: submit.Channel);
        }
    }
}
