using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Merchants;

/// <summary>A payment counts once, and what moves no money does not count.</summary>
public sealed class DayAmountTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 15, 59, 0, TimeSpan.Zero));
    private readonly DayAmount _day;

    public DayAmountTests() => _day = new DayAmount(100, China, _time);

    [Fact]
    public void Ten_repeats_of_a_request_that_got_409_count_once()
    {
        for (var repeat = 0; repeat < 10; repeat++)
        {
            Answer("A-1", 40, new BookAnswer.StillAccepting());
        }

        Assert.Null(_day.TryTake(Id("A-2"), 61));
        Assert.NotNull(_day.TryTake(Id("A-2"), 60));
    }

    [Fact]
    public void A_number_in_doubt_that_turns_out_to_be_stored_stays_counted_once()
    {
        Answer("A-1", 40, new BookAnswer.StillAccepting());
        Answer("A-1", 40, Stored("A-1", PaymentState.Accepted, isNew: false));
        Answer("A-1", 40, Stored("A-1", PaymentState.Succeeded, isNew: false));

        Assert.Equal(60, Left());
    }

    [Fact]
    public void A_number_in_doubt_that_turns_out_to_be_free_is_given_back()
    {
        Answer("A-1", 40, new BookAnswer.StillAccepting());
        Answer("A-1", 40, new BookAnswer.NoChannelNow(TimeSpan.FromSeconds(1)));

        Assert.Equal(100, Left());
    }

    [Fact]
    public void A_repeat_that_is_refused_takes_nothing_from_a_request_that_is_on_its_way()
    {
        var first = _day.TryTake(Id("A-1"), 40)!.Value;
        Answer("A-1", 40, new BookAnswer.NoChannelNow(TimeSpan.FromSeconds(1)));
        Assert.Equal(60, Left());

        _day.Answered(first, Stored("A-1", PaymentState.Processing, isNew: true));

        Assert.Equal(60, Left());
    }

    [Theory]
    [InlineData(PaymentState.Failed, 100)]
    [InlineData(PaymentState.Closed, 100)]
    [InlineData(PaymentState.Succeeded, 60)]
    public void Whatever_ends_without_money_is_given_back_once(PaymentState end, long left)
    {
        Answer("A-1", 40, Stored("A-1", PaymentState.Processing, isNew: true));

        _day.Ended(Payment("A-1", end));
        _day.Ended(Payment("A-1", end));
        Answer("A-1", 40, Stored("A-1", end, isNew: false));

        Assert.Equal(left, Left());
    }

    [Fact]
    public void An_end_that_is_known_before_the_answer_is_as_good()
    {
        var share = _day.TryTake(Id("A-1"), 40)!.Value;
        _day.Ended(Payment("A-1", PaymentState.Failed));
        _day.Answered(share, Stored("A-1", PaymentState.Accepted, isNew: true));

        Assert.Equal(100, Left());
    }

    [Fact]
    public void After_a_restart_it_is_the_same()
    {
        var before = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(10));
        _day.Seed(_day.DayStart, _time.GetUtcNow(), 55);
        Answer("old", 40, Stored("old", PaymentState.Processing, isNew: false, before));
        Assert.Equal(45, Left());

        _day.Ended(Payment("old", PaymentState.Failed, before));
        _day.Ended(Payment("old", PaymentState.Failed, before));
        Assert.Equal(85, Left());

        // The read model has caught up: so much more was stored before the start, without the failed one.
        _day.Seed(_day.DayStart, _time.GetUtcNow(), 35);
        Assert.Equal(65, Left());
    }

    [Fact]
    public void What_was_stored_on_another_day_does_not_count_today()
    {
        Answer("A-1", 40, Stored("A-1", PaymentState.Processing, isNew: false, _time.GetUtcNow() - TimeSpan.FromDays(1)));

        Assert.Equal(100, Left());
    }

    [Fact]
    public void A_day_is_over_at_its_own_midnight_and_its_shares_with_it()
    {
        var share = _day.TryTake(Id("A-1"), 100)!.Value;
        Assert.Equal(TimeSpan.FromMinutes(1), _day.UntilTomorrow);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(_day.TryTake(Id("A-2"), 100));

        _day.Answered(share, new BookAnswer.NoRoute(RouteReasons.None));

        Assert.Equal(0, Left());
    }

    [Fact]
    public void A_sum_of_yesterday_is_not_todays()
    {
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 16, 0, 0, TimeSpan.Zero), _day.DayStart);

        _day.Seed(_day.DayStart, _time.GetUtcNow(), 95);
        _day.Seed(_day.DayStart - TimeSpan.FromDays(1), _time.GetUtcNow(), 1000);

        Assert.Equal(5, Left());
    }

    private static PaymentId Id(string orderNo) => PaymentId.For(new MerchantId("shop"), orderNo, 4, "salt"u8);

    private void Answer(string orderNo, long amount, BookAnswer answer) =>
        _day.Answered(_day.TryTake(Id(orderNo), amount)!.Value, answer);

    private BookAnswer.Stored Stored(string orderNo, PaymentState state, bool isNew, DateTimeOffset? at = null) =>
        new(Payment(orderNo, state, at), isNew);

    private Payment Payment(string orderNo, PaymentState state, DateTimeOffset? at = null)
    {
        var payment = Samples.Rerouted(Id(orderNo), new MerchantId("shop"), orderNo);
        return payment with
        {
            State = state,
            CreatedAt = at ?? _time.GetUtcNow(),
            Content = payment.Content with { Amount = new Money(40, new Currency("CNY")) },
        };
    }

    /// <summary>The largest amount that still fits.</summary>
    private long Left()
    {
        for (long amount = 100; amount > 0; amount--)
        {
            if (_day.TryTake(Id("probe"), amount) is { } share)
            {
                _day.Answered(share, new BookAnswer.NoRoute(RouteReasons.None));
                return amount;
            }
        }

        return 0;
    }
}
