using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class ReportTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(2, 4)]
    [InlineData(1, 9)]
    public void A_report_that_was_overtaken_changes_nothing(long epoch, long sequence)
    {
        var table = Table(Alpha);
        table.Fold(Report(Alpha, sequence: 5) with { Epoch = 2 }, At(0));

        table.Fold(
            Report(Alpha, sequence, signals: [Fault]) with { Epoch = epoch, Lifecycle = ChannelLifecycle.Disabled }, At(1));

        var standing = table.Standing(Alpha, At(1));
        Assert.Equal(ChannelLifecycle.Active, standing.Lifecycle);
        Assert.Null(standing.SuccessRate);
    }

    [Fact]
    public void A_new_owner_starts_its_own_sequence()
    {
        var table = Table(Alpha);
        table.Fold(Report(Alpha, sequence: 500), At(0));

        table.Fold(Report(Alpha, sequence: 1, lane: IdleLane with { Budget = 3, QueueLimit = 4 }) with { Epoch = 2 }, At(1));

        Assert.Equal(7, table.Standing(Alpha, At(1)).Capacity);
    }

    [Fact]
    public void A_new_owner_whose_clock_is_behind_is_believed_once_the_last_one_is_silent()
    {
        var table = Table(Alpha);
        table.Fold(Report(Alpha, sequence: 500) with { Epoch = 2 }, At(0));

        table.Fold(Report(Alpha, sequence: 1), At(4));
        Assert.Equal(ChannelLifecycle.Active, table.Standing(Alpha, At(4)).Lifecycle);
        Assert.Equal(ChannelLifecycle.NoOwner, table.Standing(Alpha, At(6)).Lifecycle);

        table.Fold(Report(Alpha, sequence: 2), At(6));
        table.Fold(Report(Alpha, sequence: 3), At(7));
        Assert.Equal(ChannelLifecycle.Active, table.Standing(Alpha, At(11)).Lifecycle);
    }

    [Fact]
    public void The_reported_success_rate_counts_unknowns_once_overdue_and_leaves_customers_failures_out()
    {
        var table = Table(Alpha);
        Assert.Null(table.Standing(Alpha, At(0)).SuccessRate);

        table.Fold(
            Report(Alpha, signals:
            [
                Success, Success, Success, Fault, TimedOut, TimedOut, Declined,
                Signal(CallVerdict.Throttled, OutcomeClass.ChannelThrottled),
                Signal(CallVerdict.Neutral, OutcomeClass.OurRequest),
            ]),
            At(5));

        Assert.Equal(0.75, table.Standing(Alpha, At(6)).SuccessRate);
        table.LookForOutages(At(60), default);
        Assert.Equal(0.5, table.Standing(Alpha, At(60)).SuccessRate);
        Assert.Equal(0.5, table.Standing(Alpha, At(600)).SuccessRate);
    }

    [Fact]
    public void Figures_are_kept_by_product_too()
    {
        var table = Ready(Alpha, Bravo);
        table.Fold(Report(Alpha, 2, signals: [Success, Fault with { Product = Product.Payout }]), At(1));
        table.ChosenBy(0, at: 1, Request with { Tried = [Bravo] });
        table.ChosenBy(0, at: 1, Request with { Product = Product.Payout, Tried = [Alpha] });

        var standing = table.Standing(Alpha, At(1));
        Assert.Equal(new ProductStanding(1, 1), standing.Products[Product.Withhold]);
        Assert.Equal(new ProductStanding(0, 0), standing.Products[Product.Payout]);
        Assert.Equal(0.5, standing.SuccessRate);
    }

    [Fact]
    public void Shares_are_those_of_the_choices_of_the_last_minute()
    {
        var table = Ready(Alpha, Bravo);
        Assert.Equal(0, table.Standing(Alpha, At(0)).TrafficShare);
        for (var i = 0; i < 4; i++)
        {
            table.ChosenBy(0, at: 0, Request with { Tried = [i == 0 ? Bravo : Alpha] });
        }

        Assert.Equal(0.25, table.Standing(Alpha, At(30)).TrafficShare);
        Assert.Equal(0.75, table.Standing(Bravo, At(30)).TrafficShare);
        Assert.Equal(0, table.Standing(Bravo, At(61)).TrafficShare);
    }

    [Fact]
    public void What_is_reported_takes_the_place_of_what_is_configured()
    {
        var table = Table(Alpha);
        Assert.Equal((1, 16), (table.Standing(Alpha, At(0)).Weight, table.Standing(Alpha, At(0)).Capacity));

        var lane = IdleLane with { Budget = 2, QueueLimit = 3, InFlight = 1, Queue = 1 };
        table.Fold(Report(Alpha, lane: lane) with { Weight = 7 }, At(0));

        var standing = table.Standing(Alpha, At(0));
        Assert.Equal((7, 5, 2), (standing.Weight, standing.Capacity, standing.Occupancy));
    }

    [Fact]
    public void Reports_and_settlements_of_a_channel_that_is_configured_no_more_are_passed_over()
    {
        var table = Ready(Alpha);

        table.Fold(Report(Bravo), At(1));
        table.Settle(Bravo, Shop, At(1));

        Assert.Equal(Alpha, table.ChosenBy(0.5, at: 1));
    }

    [Fact]
    public void Folding_in_pieces_equals_folding_at_once() =>
        Gen.Select(OneOf(Success, Fault, TimedOut, Declined).Array[0, 200], Gen.Int[0, 200]).Sample((signals, cut) =>
        {
            var (pieces, whole) = (Ready(Alpha, Bravo), Ready(Alpha, Bravo));
            var numbered = signals.Select((signal, i) => signal with { Number = 1000 + i }).ToArray();
            pieces.Fold(Report(Alpha, 2, signals: numbered.Take(cut)), At(1));
            pieces.Fold(Report(Alpha, 3, signals: numbered.Skip(cut)), At(1));
            whole.Fold(Report(Alpha, 3, signals: numbered), At(1));

            Assert.Equal(whole.ShareOf(Alpha, at: 2), pieces.ShareOf(Alpha, at: 2));
            Assert.Equal(whole.Standing(Alpha, At(2)).SuccessRate, pieces.Standing(Alpha, At(2)).SuccessRate);
        });

    [Fact]
    public void A_submits_end_counts_once_however_often_it_is_told()
    {
        var (once, twice) = (Ready(Alpha, Bravo), Ready(Alpha, Bravo));
        SubmitSignal[] ends = [.. Enumerable.Range(0, 30).Select(i => (i % 4 == 0 ? Fault : Success) with { Number = 1000 + i })];
        once.Fold(Report(Alpha, 2, signals: ends), At(1));
        twice.Fold(Report(Alpha, 2, signals: ends), At(1));
        twice.Fold(Report(Alpha, 3, signals: ends), At(1));

        Assert.Equal(once.ShareOf(Alpha, at: 1), twice.ShareOf(Alpha, at: 1));
    }

    [Fact]
    public void Customers_failures_between_successes_never_change_scores() =>
        Gen.Select(OneOf(Success, Fault, TimedOut).Array[0, 100], Gen.Int[1, 40], Gen.Double[1, 90]).Sample(
            (signals, failures, later) =>
            {
                var table = Ready(Alpha, Bravo);
                table.Fold(Report(Alpha, 2, signals: signals), At(1));
                table.Fold(Report(Alpha, 3), At(later));
                table.Fold(Report(Bravo, 3), At(later));
                var before = table.ShareOf(Alpha, later);

                table.Fold(Report(Alpha, 4, signals: Enumerable.Repeat(Declined, failures)), At(later));

                Assert.Equal(before, table.ShareOf(Alpha, later), 2);
            });
}
