using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Merchants;

/// <summary>A payment counts once, and what moves no money does not count.</summary>
public sealed class AdmissionTests
{
    private static readonly MerchantId Shop = new("shop");

    private static readonly AdmissionRules Rules = new(
        DayOffset: TimeSpan.FromHours(8), DuplicatesWithin: TimeSpan.FromMinutes(10), StoreWithin: TimeSpan.FromSeconds(15),
        ClockSkew: TimeSpan.FromSeconds(4));

    private readonly Admissions _rows = new(Rules, [], [], []);
    private DateTimeOffset _now = new(2026, 1, 1, 15, 59, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_repeats_of_a_request_count_once()
    {
        for (var repeat = 0; repeat < 10; repeat++)
        {
            Granted(Day("A-1", 40));
        }

        Assert.Equal(60, Left());
    }

    [Fact]
    public void A_number_whose_requests_all_stored_nothing_is_given_back()
    {
        Granted(Day("A-1", 40));
        Granted(Day("A-1", 40));

        _rows.NotStored(Day("A-1", 40));
        Assert.Equal(60, Left());

        _rows.NotStored(Day("A-1", 40));
        Assert.Equal(100, Left());
        _rows.NotStored(Day("A-1", 40));
        Assert.Equal(100, Left());
    }

    [Fact]
    public void Of_two_amounts_under_one_number_the_higher_counts()
    {
        Granted(Day("A-1", 40));
        Granted(Day("A-1", 70));
        Assert.Equal(30, Left());

        Assert.IsType<Admission.DayIsFull>(_rows.Admit(Day("A-1", 101), _now));
        Granted(Day("A-1", 10));
        Assert.Equal(30, Left());
    }

    [Fact]
    public void What_moves_no_money_is_given_back_once()
    {
        Granted(Day("A-1", 40));
        Granted(Day("A-2", 10));

        _rows.NotCounted(Id("A-1"), null);
        _rows.NotCounted(Id("A-1"), null);

        Assert.Equal(90, Left());
    }

    [Fact]
    public void What_was_found_out_before_a_later_request_gives_nothing_back()
    {
        Granted(Day("A-1", 40));
        var knownSince = _now;
        _now += TimeSpan.FromSeconds(1);
        Granted(Day("A-1", 40));

        _rows.NotCounted(Id("A-1"), knownSince);
        Assert.Equal(60, Left());
        _rows.NotCounted(Id("A-1"), _now);
        Assert.Equal(100, Left());
    }

    [Fact]
    public void A_full_day_refuses_until_its_own_midnight()
    {
        Granted(Day("A-1", 100));

        var refused = Assert.IsType<Admission.DayIsFull>(_rows.Admit(Day("A-2", 1), _now));
        Assert.Equal(TimeSpan.FromMinutes(1), refused.UntilTomorrow);
        Granted(Day("A-1", 100));
        _now += TimeSpan.FromMinutes(1);

        Granted(Day("A-2", 100));
        Assert.Equal(0, Left());
    }

    [Fact]
    public void A_share_of_yesterday_gives_nothing_back_today_and_counts_today_when_it_is_asked_for_again()
    {
        Granted(Day("A-1", 40));
        Granted(Day("A-2", 40));
        _now += TimeSpan.FromMinutes(1);
        Granted(Day("A-3", 30));

        _rows.NotCounted(Id("A-1"), null);
        Assert.Equal(70, Left());
        Granted(Day("A-2", 40));
        Assert.Equal(30, Left());
    }

    [Fact]
    public void A_node_whose_clock_is_behind_counts_in_the_day_that_others_have_begun()
    {
        _now += TimeSpan.FromMinutes(1);
        Granted(Day("A-1", 90));
        _now -= TimeSpan.FromSeconds(2);

        Assert.Equal(10, Left());
    }

    [Fact]
    public void Amounts_near_the_end_of_numbers_do_not_wrap()
    {
        var terms = new AdmissionTerms(Shop, null, long.MaxValue, false);

        Granted(new AdmissionRequest(terms, Id("A-1"), "A-1", long.MaxValue, default));
        Assert.IsType<Admission.DayIsFull>(_rows.Admit(new AdmissionRequest(terms, Id("A-2"), "A-2", 1, default), _now));
    }

    [Fact]
    public void A_rate_lets_through_a_seconds_worth_and_then_as_much_as_time_brings()
    {
        Granted(Fast("A-1", 2));
        Granted(Fast("A-2", 2));
        Assert.Equal(new Admission.TooFast(TimeSpan.FromSeconds(0.5)), _rows.Admit(Fast("A-3", 2), _now));

        _now += TimeSpan.FromSeconds(0.5);
        Granted(Fast("A-3", 2));
        Assert.IsType<Admission.TooFast>(_rows.Admit(Fast("A-4", 2), _now));

        _now += TimeSpan.FromHours(1);
        Assert.Equal(2, Enumerable.Range(5, 3).Count(no => _rows.Admit(Fast($"A-{no}", 2), _now) is Admission.Granted));
    }

    [Fact]
    public void A_rate_below_one_a_second_still_lets_one_through()
    {
        Granted(Fast("A-1", 0.1));
        Assert.Equal(new Admission.TooFast(TimeSpan.FromSeconds(10)), _rows.Admit(Fast("A-2", 0.1), _now));

        _now += TimeSpan.FromSeconds(10);
        Granted(Fast("A-2", 0.1));
    }

    [Fact]
    public void Two_clocks_together_get_the_rate_of_the_faster_one()
    {
        var granted = 0;
        for (var step = 0; step < 100; step++)
        {
            _now += TimeSpan.FromSeconds(0.1);
            foreach (var skew in new[] { 0, 2 })
            {
                for (var request = 0; request < 10; request++)
                {
                    var at = _now + TimeSpan.FromSeconds(skew);
                    granted += _rows.Admit(Fast($"A-{step}-{skew}-{request}", 10), at) is Admission.Granted ? 1 : 0;
                }
            }
        }

        Assert.InRange(granted, 100, 10 + 100 + 20);
    }

    [Fact]
    public void A_request_that_was_too_fast_leaves_no_share_and_no_sighting()
    {
        var terms = new AdmissionTerms(Shop, 1, 100, true);
        Granted(new AdmissionRequest(terms, Id("A-1"), "A-1", 40, default));

        Assert.IsType<Admission.TooFast>(_rows.Admit(new AdmissionRequest(terms, Id("A-2"), "A-2", 40, default), _now));

        Assert.Equal(60, Left());
        Assert.Equal("A-1", Assert.Single(_rows.Sightings.All).OrderNo);
    }

    [Fact]
    public void Every_number_sees_the_others_of_the_same_content_and_never_itself()
    {
        Assert.Empty(Granted(Seen("A-1", 7)).Others);
        _now += TimeSpan.FromSeconds(1);

        Assert.Equal(["A-1"], Granted(Seen("A-2", 7)).Others.Select(other => other.OrderNo));
        Assert.Equal(["A-2"], Granted(Seen("A-1", 7)).Others.Select(other => other.OrderNo));
        Assert.Empty(Granted(Seen("A-3", 8)).Others);
    }

    [Fact]
    public void A_sighting_lasts_for_the_window_and_ends_when_nothing_was_stored()
    {
        Granted(Seen("A-1", 7));
        _now += TimeSpan.FromMinutes(10);
        Assert.Single(Granted(Seen("A-2", 7)).Others);
        _now += TimeSpan.FromTicks(1);
        Assert.Equal(["A-2"], Granted(Seen("A-3", 7)).Others.Select(other => other.OrderNo));

        _rows.NotStored(Seen("A-2", 7));

        Assert.Equal(["A-3"], Granted(Seen("A-4", 7)).Others.Select(other => other.OrderNo));
    }

    private static PaymentId Id(string orderNo) => PaymentId.For(Shop, orderNo, 4, "salt"u8);

    private static AdmissionRequest Day(string orderNo, long amount) =>
        new(new AdmissionTerms(Shop, null, 100, false), Id(orderNo), orderNo, amount, default);

    private static AdmissionRequest Fast(string orderNo, double rate) =>
        new(new AdmissionTerms(Shop, rate, null, false), Id(orderNo), orderNo, 1, default);

    private static AdmissionRequest Seen(string orderNo, uint content) =>
        new(new AdmissionTerms(Shop, null, null, true), Id(orderNo), orderNo, 1, new Fingerprint(content));

    private Admission.Granted Granted(AdmissionRequest request) =>
        Assert.IsType<Admission.Granted>(_rows.Admit(request, _now));

    /// <summary>The largest amount that still fits.</summary>
    private long Left() => Enumerable.Range(1, 100).Select(amount => (long)amount).LastOrDefault(amount =>
    {
        var fits = _rows.Admit(Day("probe", amount), _now) is Admission.Granted;
        _rows.NotStored(Day("probe", amount));
        return fits;
    });
}
