using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Counters;

/// <summary>
/// Counts stored events, in the second in which each happened, however late it is counted. The fields are a contract:
/// <c>src/docs/counters.md</c>.
/// </summary>
public sealed class PaymentCounts(PendingCounts pending, CountedNames names, TimeSpan dayOffset)
{
    private const string MainCurrency = "CNY";

    public void Count(CommittedEvent committed)
    {
        var second = CounterPeriod.SecondOf(committed.Event.At);
        names.Turn(second.Day(dayOffset));
        var payment = committed.After;
        switch (committed.Event)
        {
            case PaymentAccepted:
                OfPayment(second, payment, "accepted", "amount_accepted");
                break;
            case PaymentSucceeded:
                OfPayment(second, payment, "succeeded", "amount_succeeded");
                break;
            case PaymentFailed:
                OfPayment(second, payment, "failed", null);
                break;
            case PaymentClosed:
                OfPayment(second, payment, "closed", null);
                break;
            case PaymentSuspended:
                OfPayment(second, payment, "suspended", null);
                break;
            case AttemptStarted started:
                OfAttempt(second, payment, started.Channel, "attempts");
                break;
            case AttemptEnded ended:
                Ended(second, payment, payment.Attempts[ended.No - 1].Channel, ended.Outcome);
                break;
            case AttemptUnresolved unresolved:
                var channel = payment.Attempts[unresolved.No - 1].Channel;
                OfAttempt(second, payment, channel, "unresolved");
                OfOutcome(second, channel, unresolved.Outcome);
                break;
            case CaseOpened opened:
                Add(second, "total", "all", "cases");
                Add(second, "case", opened.Reason.Name(), "count");
                break;
            case AttemptClaimed or AttemptStillUnknown or PaymentRecalled:
            case DecisionProposed or DecisionApproved or DecisionRejected or DecisionExpired:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whole minor units of several currencies must not end in one sum.</summary>
    private static string InCurrency(string what, Currency currency) =>
        currency.Value == MainCurrency ? what : $"{what}_{currency.Value.ToLowerInvariant()}";

    private void OfPayment(CounterPeriod second, Payment payment, string what, string? amountWhat)
    {
        var content = payment.Content;
        CounterField[] fields =
        [
            new("total", "all", what),
            new("merchant", content.Merchant.Value, what),
            new("product", content.Product.Name(), what),
            new("bank", names.Bank(content.Account.Bank), what),
            CounterField.Of(content.Merchant, content.Product, what),
        ];
        var amount = amountWhat is null ? null : InCurrency(amountWhat, content.Amount.Currency);
        foreach (var field in fields)
        {
            pending.Add(second, field, 1);
            if (amount is not null)
            {
                pending.Add(second, field with { What = amount }, content.Amount.Minor);
            }
        }
    }

    private void OfAttempt(CounterPeriod second, Payment payment, ChannelId channel, string what)
    {
        Add(second, "channel", channel.Value, what);
        pending.Add(second, CounterField.Of(channel, payment.Content.Product, what), 1);
        Add(second, "channel_bank", $"{channel.Value}/{names.Bank(payment.Content.Account.Bank)}", what);
    }

    private void Ended(CounterPeriod second, Payment payment, ChannelId channel, Outcome outcome)
    {
        OfAttempt(second, payment, channel, outcome.IsSuccess() ? "succeeded" : "failed");
        OfOutcome(second, channel, outcome);
        if (outcome.IsSuccess())
        {
            var amount = payment.Content.Amount;
            Add(second, "channel", channel.Value, InCurrency("amount_succeeded", amount.Currency), amount.Minor);
        }
        else if (outcome.Class.IsChannels())
        {
            OfAttempt(second, payment, channel, "faults");
        }
    }

    private void OfOutcome(CounterPeriod second, ChannelId channel, Outcome outcome)
    {
        var @class = outcome.Class.Name();
        Add(second, "class", @class, "count");
        Add(second, "channel_class", $"{channel.Value}/{@class}", "count");
        var code = $"{channel.Value}/{names.Code(channel, outcome.Code)}";
        Add(second, "code", code, "count");
        Add(second, "code_class", code, @class);
    }

    private void Add(CounterPeriod second, string dimension, string name, string what, long amount = 1) =>
        pending.Add(second, new CounterField(dimension, name, what), amount);
}
