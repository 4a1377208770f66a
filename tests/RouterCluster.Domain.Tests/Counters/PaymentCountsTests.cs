using RouterCluster.Domain.Books;
using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Counters;

/// <summary>Which numbers a stored event adds to.</summary>
public sealed class PaymentCountsTests
{
    private readonly PendingCounts _pending = new(10_000, TimeSpan.Zero);
    private readonly PaymentCounts _counts;

    public PaymentCountsTests() => _counts = new PaymentCounts(_pending, new CountedNames(10, 10, []), TimeSpan.Zero);

    [Fact]
    public void A_payment_that_succeeds_counts_by_all_that_it_is_of()
    {
        Run(Accept(), Told(Success));

        Assert.Equal(
            [
                "bank:ICBC:accepted 1", "bank:ICBC:amount_accepted 100", "bank:ICBC:amount_succeeded 100",
                "bank:ICBC:succeeded 1",
                "channel:alpha:amount_succeeded 100", "channel:alpha:attempts 1", "channel:alpha:succeeded 1",
                "channel_bank:alpha/ICBC:attempts 1", "channel_bank:alpha/ICBC:succeeded 1",
                "channel_class:alpha/success:count 1",
                "channel_product:alpha/withhold:attempts 1", "channel_product:alpha/withhold:succeeded 1",
                "class:success:count 1", "code:alpha/00:count 1",
                "code_class:alpha/00:success 1",
                "merchant:demo:accepted 1", "merchant:demo:amount_accepted 100", "merchant:demo:amount_succeeded 100",
                "merchant:demo:succeeded 1",
                "merchant_product:demo/withhold:accepted 1", "merchant_product:demo/withhold:amount_accepted 100",
                "merchant_product:demo/withhold:amount_succeeded 100", "merchant_product:demo/withhold:succeeded 1",
                "product:withhold:accepted 1", "product:withhold:amount_accepted 100", "product:withhold:amount_succeeded 100",
                "product:withhold:succeeded 1",
                "total:all:accepted 1", "total:all:amount_accepted 100", "total:all:amount_succeeded 100",
                "total:all:succeeded 1",
            ],
            Day());
    }

    [Fact]
    public void A_customers_failure_is_no_fault_of_the_channel_and_maintenance_is()
    {
        Run(Accept(), Told(Maintenance, next: Bravo), Told(NoFunds, no: 2, after: 2));
        var day = Day();

        Assert.Contains("channel:alpha:faults 1", day);
        Assert.Contains("channel:alpha:failed 1", day);
        Assert.Contains("channel:bravo:failed 1", day);
        Assert.DoesNotContain("channel:bravo:faults 1", day);
        Assert.Contains("code:bravo/51:count 1", day);
        Assert.Contains("class:customer_funds:count 1", day);
        Assert.Contains("total:all:failed 1", day);
    }

    [Fact]
    public void An_unknown_end_counts_as_unresolved_until_it_is_known_and_then_as_what_it_is()
    {
        Run(Accept(), Told(Unknown), Told(Success, after: 60));
        var day = Day();

        Assert.Contains("channel:alpha:unresolved 1", day);
        Assert.Contains("code:alpha/timeout:count 1", day);
        Assert.Contains("channel:alpha:succeeded 1", day);
        Assert.Contains("total:all:succeeded 1", day);
    }

    [Fact]
    public void A_count_belongs_to_the_second_of_its_event()
    {
        Run(Accept(), Told(Success, after: 61));

        var taken = _pending.Take();

        var second = CounterPeriod.SecondOf(Start.AddSeconds(61));
        var succeeded = new CounterField("total", "all", "succeeded");
        Assert.Contains(new CounterIncrement(second, succeeded, 1), taken);
        Assert.Contains(new CounterIncrement(second.Minute(), succeeded, 1), taken);
    }

    [Fact]
    public void Amounts_of_other_currencies_have_sums_of_their_own()
    {
        var accept = Accept();
        var euros = accept with { Content = accept.Content with { Amount = new Money(700, new Currency("EUR")) } };
        Run(euros, Told(Success));
        var day = Day();

        Assert.Contains("merchant:demo:amount_succeeded_eur 700", day);
        Assert.Contains("channel:alpha:amount_succeeded_eur 700", day);
        Assert.DoesNotContain(day, line => line.Contains(":amount_succeeded ", StringComparison.Ordinal));
    }

    private void Run(params PaymentCommand[] commands)
    {
        Payment? payment = null;
        foreach (var command in commands)
        {
            foreach (var @event in PaymentLaw.Decide(Rules, payment, command).Events)
            {
                payment = PaymentLaw.Apply(payment, IdOf(), @event);
                _counts.Count(new CommittedEvent(payment, @event));
            }
        }
    }

    private List<string> Day() =>
    [
        .. _pending.Take().Where(increment => increment.Period.Length == PeriodLength.Day)
            .Select(increment => $"{increment.Field} {increment.Amount}").Order(StringComparer.Ordinal),
    ];
}
