using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Replay.Tests;

public sealed class TraceRecorderTests
{
    private static readonly ChannelTerms Terms = new(
        [Product.Withhold], ["*"], 1, 1_000_000, [new Currency("CNY")], ChannelMode.Sandbox);

    private readonly TraceRecorder _recorder = new(
        [new(Alpha, Terms, 16), new(Bravo, Terms, 8), new(Charlie, Terms with { Products = [Product.Payout] }, 8)],
        TimeSpan.FromSeconds(60));

    [Fact]
    public void A_bucket_has_a_row_for_every_channel_that_takes_such_payments()
    {
        for (var i = 0; i < 30; i++)
        {
            _recorder.Add(Ended(Alpha, Success, after: i));
        }

        var rows = _recorder.Finish();

        Assert.Equal(["alpha", "bravo"], rows.Select(row => row.Channel));
        Assert.All(rows, row => Assert.Equal(
            (Start.ToUnixTimeSeconds(), 60, "ICBC", "withhold", 30),
            (row.Start, row.Length, row.Segment, row.Product, row.Arrivals)));
        Assert.Equal((30, 0), (rows[0].SourceCount, rows[1].SourceCount));
        Assert.Equal((16, 8), (rows[0].Capacity, rows[1].Capacity));
        Assert.Equal((500, 500), (rows[0].P50Ms, rows[0].P95Ms));
        Assert.Null(rows[1].P50Ms);
    }

    [Fact]
    public void A_later_payment_closes_the_bucket()
    {
        _recorder.Add(Ended(Alpha, Success, after: 0));

        Assert.Empty(_recorder.Add(Ended(Alpha, Success, after: 59)));
        Assert.Equal(2, _recorder.Add(Ended(Alpha, Success, after: 60)).Count);
        Assert.Equal(1, _recorder.Finish()[0].Arrivals);
    }

    [Fact]
    public void A_channels_faults_and_customers_are_told_apart()
    {
        for (var i = 0; i < 40; i++)
        {
            _recorder.Add(Ended(Alpha, i % 4 == 0 ? Maintenance : i % 4 == 1 ? NoFunds : Success, after: 1));
        }

        var alpha = _recorder.Finish()[0];

        Assert.Equal(0.25, alpha.CustomerFailure);
        Assert.Equal((20 + (10 * 0.95)) / 40, alpha.Success!.Value, 9);
    }

    [Fact]
    public void What_was_seen_before_is_carried_on()
    {
        for (var i = 0; i < 1000; i++)
        {
            _recorder.Add(Ended(Alpha, Maintenance, after: 1));
        }

        _recorder.Add(Ended(Bravo, Success, after: 61));
        var rows = _recorder.Finish();

        Assert.InRange(rows[0].Success!.Value, 0, 0.02);
        Assert.Equal((0, 1), (rows[0].SourceCount, rows[1].SourceCount));
    }

    [Fact]
    public void What_is_unknown_says_nothing()
    {
        var unknown = Ended(Alpha, Unknown, after: 1);
        _recorder.Add(unknown with { Attempts = [unknown.Attempts[0] with { State = AttemptState.Processing }] });

        Assert.Equal(0, _recorder.Finish()[0].SourceCount);
    }

    [Fact]
    public void Payments_of_several_currencies_and_modes_can_be_replayed()
    {
        var live = Terms with { Mode = ChannelMode.Live };
        var recorder = new TraceRecorder(
            [
                new(Alpha, Terms with { Currencies = [new Currency("CNY"), new Currency("USD")] }, 16),
                new(Bravo, live, 8),
            ], TimeSpan.FromSeconds(60));
        var yuan = Ended(Alpha, Success, after: 1);
        recorder.Add(yuan);
        var dollars = yuan.Content.Amount with { Currency = new Currency("USD") };
        recorder.Add(yuan with { Content = yuan.Content with { Amount = dollars } });
        recorder.Add(yuan with { Content = yuan.Content with { Mode = ChannelMode.Live } });
        recorder.Add(yuan with { Content = yuan.Content with { Mode = ChannelMode.Live } });
        var replay = new TraceReplay([("static", ReplayRouters.Create("static")!)], seed: 1);

        var rows = recorder.Finish();
        foreach (var row in rows)
        {
            replay.Add(row, 2);
        }

        Assert.Equal(["ICBC CNY sandbox", "ICBC USD sandbox", "ICBC CNY live"], rows.Select(row => row.Segment));
        Assert.Equal(4, replay.Finish().Arrivals);
    }

    [Fact]
    public void What_is_recorded_can_be_replayed()
    {
        var replay = new TraceReplay([("static", ReplayRouters.Create("static")!)], seed: 1);
        var format = TraceFormat.Of(TraceFormat.Header);
        for (var i = 0; i < 300; i++)
        {
            foreach (var row in _recorder.Add(Ended(i % 2 == 0 ? Alpha : Bravo, i % 2 == 0 ? Success : Maintenance, after: i)))
            {
                replay.Add(format.Parse(TraceFormat.Write(row), 2), 2);
            }
        }

        foreach (var row in _recorder.Finish())
        {
            replay.Add(row, 2);
        }

        var report = replay.Finish();
        Assert.Equal(300, report.Arrivals);
        Assert.Equal(["alpha", "bravo"], report.Channels);
        Assert.InRange(report.Oracle, 0.95, 1);
    }

    private static Payment Ended(ChannelId channel, Outcome outcome, double after)
    {
        var at = Start + TimeSpan.FromSeconds(after);
        var isDone = outcome.Class == OutcomeClass.Success;
        var attempt = new Attempt(
            1, channel, "1", isDone ? AttemptState.Succeeded : AttemptState.Failed, outcome, at,
            at + TimeSpan.FromMilliseconds(500), at, RouteReasons.None);
        return new Payment(
            IdOf(), Content(), isDone ? PaymentState.Succeeded : PaymentState.Failed, null, [attempt], [], at, at, at);
    }
}
