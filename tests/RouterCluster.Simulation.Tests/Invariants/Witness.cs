using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Tells the referee what happens, in the referee's own words: the only place that knows both vocabularies.</summary>
internal sealed class Witness(Life life)
{
    private static readonly Class[] Classes = Map<OutcomeClass, Class>();
    private static readonly Standing[] States = Map<PaymentState, Standing>();
    private static readonly Reason[] Reasons = Map<CaseReason, Reason>();
    private static readonly Ruling[] Rulings = Map<ProposedOutcome, Ruling>();

    private readonly Dictionary<ChannelId, Owners> _owners = [];
    private readonly List<Law.Exclusion> _excluded = [];
    private readonly Referee _referee = new(RulesOf(life));

    public Coverage Coverage => _referee.Coverage;

    private TimeSpan Now => life.Time.Now;

    public Turns TurnsOf(ChannelId channel) => _referee.TurnsOf(channel.Value);

    public Owners OwnersOf(ChannelId channel)
    {
        if (!_owners.TryGetValue(channel, out var owners))
        {
            _owners[channel] = owners = _referee.OwnersOf(channel.Value);
        }

        return owners;
    }

    public Throttling ThrottlingOf(string lane) => _referee.ThrottlingOf(lane);

    public void Stored(PaymentRecord payment, StoredEvent stored)
    {
        Tell(payment, stored);
        Referee.Changed(payment);
    }

    public void RowEnds() => _referee.RowEnds();

    public RequestRecord Asked(PaymentRecord payment, AcceptRequest request)
    {
        var asked = new RequestRecord(OrderOf(request.Content), request.ExpiresIn, request.DuplicateOf is not null, Now)
        {
            Deadline = life.HasTrueClocks ? Now + SimulatedMerchants.Patience : null,
        };
        _referee.Asked(payment, asked);
        return asked;
    }

    public void Answered(PaymentRecord payment, RequestRecord? request, TimeSpan askedAt, BookAnswer answer)
    {
        switch (answer)
        {
            case BookAnswer.Stored { Payment: var told }:
                Told(payment, told, isFromReadModel: false);
                break;
            case BookAnswer.NoSuchPayment:
                _referee.Denied(payment, askedAt);
                break;
            case BookAnswer.NoRoute when request is not null:
                _referee.NoRoute(payment, request);
                break;
            case BookAnswer.NoChannelNow when request is not null:
                _referee.NoChannel(payment, request);
                break;
        }
    }

    /// <summary>To a merchant, to people, or to the read model.</summary>
    public void Told(PaymentRecord payment, Payment told, bool isFromReadModel) =>
        _referee.Told(payment, OrderOf(told.Content), ViewOf(told), isFromReadModel);

    public void OrderLeaves(PaymentRecord payment, SubmitOrder order) => _referee.OrderLeaves(
        payment, order.AttemptNo,
        new Order(
            order.Merchant.Value, "", order.Product == Product.Payout, order.Amount.Minor, order.Amount.Currency.Value,
            order.Account.Bank, order.Account.MaskedNumber),
        order.OrderNo, order.Channel.Value);

    public void BytesLeave(PaymentRecord payment, SubmitOrder order, ChannelOwner sender) =>
        _referee.BytesLeave(payment, order.AttemptNo, sender.Node.Utc, sender.OpenedAt, Now);

    public void Reported(PaymentRecord payment, AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            _referee.Reported(payment, report.AttemptNo, report.Outcome.Landing == Landing.NotSent, Now);
        }
    }

    public void Heard(PaymentRecord payment, int no, Word word) => _referee.Heard(payment, no, word, Now);

    public void AnswerArrives(PaymentRecord payment, AttemptReport report)
    {
        if (report.Source == ReportSource.Query)
        {
            _referee.AnswerArrives(payment, report.AttemptNo, report.Question, Now);
        }
    }

    /// <param name="mayBelieve">Whether a router may believe that a channel is disabled, or that its breaker is open.</param>
    public void Routed(RouteRequest request, RouteDecision decision, Func<ChannelId, Why, RouteRequest, bool> mayBelieve)
    {
        var order = new Order(
            request.Merchant.Value, "", request.Product == Product.Payout, request.Amount.Minor, request.Amount.Currency.Value,
            request.Bank, "");
        var (chosen, reasons) = decision switch
        {
            RouteDecision.Chosen found => (found.Channel.Value, found.Reasons),
            RouteDecision.NoneNow none => (null, none.Reasons),
            RouteDecision.NoneEver none => (null, none.Reasons),
            _ => throw new UnreachableException(),
        };
        _excluded.Clear();
        foreach (var (channel, reason, _) in reasons.Excluded)
        {
            var why = WhyOf(reason);
            _excluded.Add(new Law.Exclusion(channel.Value, why, mayBelieve(channel, why, request)));
        }

        string[] tried = request.Tried.IsEmpty ? [] : [.. request.Tried.Select(channel => channel.Value)];
        _referee.Routed(order, tried, chosen, decision is RouteDecision.NoneEver, _excluded);
    }

    private static Why WhyOf(Domain.Routing.Exclusion reason) => reason switch
    {
        Domain.Routing.Exclusion.Product or Domain.Routing.Exclusion.Amount or Domain.Routing.Exclusion.Bank
            or Domain.Routing.Exclusion.Currency or Domain.Routing.Exclusion.Mode => Why.NeverTakesIt,
        Domain.Routing.Exclusion.Tried => Why.Tried,
        Domain.Routing.Exclusion.ExcludedByOperator => Why.ExcludedByOperator,
        Domain.Routing.Exclusion.Disabled or Domain.Routing.Exclusion.Draining => Why.Disabled,
        Domain.Routing.Exclusion.BreakerOpen or Domain.Routing.Exclusion.Isolated => Why.BreakerOpen,
        _ => Why.NotNow,
    };

    public void NoticeAcknowledged(PaymentRecord payment, int no, Word word, bool isNews) =>
        _referee.NoticeAcknowledged(payment, no, word, isNews);

    public void QuestionLeaves(PaymentRecord payment, BookOwner asker, QueryOrder order) => _referee.QuestionLeaves(
        payment, order.AttemptNo, order.OrderNo, order.Channel.Value, asker, asker.OpenedAt,
        new Question(order.Question, asker.DecidedSince, Now));

    public CancelRecord Cancels(PaymentRecord payment, BookOwner book, TimeSpan askedAt)
    {
        var cancel = new CancelRecord(askedAt, Now, () => !book.IsStopped && !book.IsReplaced);
        payment.Cancels.Add(cancel);
        return cancel;
    }

    public void CancelAnswered(PaymentRecord payment, CancelRecord? cancel, TimeSpan askedAt, BookAnswer answer)
    {
        if (cancel is not null)
        {
            cancel.IsAnswered = true;
        }

        if (answer is BookAnswer.Refused { Why: var why } && cancel is not null)
        {
            _referee.NotCancelled(payment, cancel, why switch
            {
                PaymentRefusal.WasSent => Uncancelled.Sent,
                PaymentRefusal.PaymentEnded => Uncancelled.Ended,
                PaymentRefusal.AttemptStillOpen => Uncancelled.OnItsWay,
                PaymentRefusal.ResultUnknown => Uncancelled.Unknown,
                _ => throw new InvalidOperationException($"{why} is no reason not to cancel a payment"),
            });
        }
        else
        {
            Answered(payment, null, askedAt, answer);
            _referee.Cancelled(payment, answer is BookAnswer.Stored);
        }
    }

    public static void AskedByHand(PaymentRecord payment, BookOwner asker) => Referee.AskedByHand(payment, asker);

    private void Tell(PaymentRecord payment, StoredEvent stored)
    {
        var moment = new Moment(stored.DecidedAt, stored.Event.At);
        switch (stored.Event)
        {
            case PaymentAccepted accepted:
                _referee.Accepted(payment, OrderOf(accepted.Content), accepted.ExpiresAt, moment, Now);
                break;
            case AttemptStarted started:
                _referee.Started(
                    payment, started.No, started.Channel.Value, stored.Id.AttemptOrderNo(started.No), started.SendBefore, moment);
                break;
            case AttemptUnresolved unresolved:
                _referee.Unresolved(payment, unresolved.No, EndOf(unresolved.Outcome), moment);
                break;
            case AttemptClaimed claimed:
                _referee.Claimed(payment, claimed.No, EndOf(claimed.Outcome), moment);
                break;
            case AttemptEnded ended:
                _referee.Ended(payment, ended.No, EndOf(ended.Outcome), moment, Now);
                break;
            case PaymentSucceeded:
                _referee.Succeeded(payment, moment);
                break;
            case PaymentFailed { Failure: var failure }:
                _referee.Failed(payment, ClassOf(failure.Class), failure.Code, failure.Channel?.Value, moment);
                break;
            case PaymentClosed:
                _referee.Closed(payment, moment);
                break;
            case PaymentSuspended:
                _referee.Suspended(payment, moment);
                break;
            case CaseOpened opened:
                _referee.CaseOpened(
                    payment, Reasons[(int)opened.Reason], opened.AttemptNo, EndOrNull(opened.Told), EndOrNull(opened.Against),
                    moment, Now);
                break;
            case DecisionProposed proposed:
                _referee.Proposed(payment, Rulings[(int)proposed.Outcome], proposed.AttemptNo, moment);
                break;
            case DecisionApproved approved:
                _referee.Approved(payment, approved.No, moment);
                break;
            case AttemptStillUnknown aged:
                _referee.Aged(payment, aged.No, aged.For, moment);
                break;
            case PaymentRecalled or DecisionRejected or DecisionExpired:
                _referee.Noted(payment, moment);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static Order OrderOf(PaymentContent content) => new(
        content.Merchant.Value, content.OrderNo, content.Product == Product.Payout, content.Amount.Minor,
        content.Amount.Currency.Value, content.Account.Bank, content.Account.MaskedNumber);

    private static ulong ViewOf(Payment payment)
    {
        var view = new View();
        view.Add((int)States[(int)payment.State]);
        view.Add(payment.Attempts.Length);
        foreach (var attempt in payment.Attempts)
        {
            view.AddAttempt(
                attempt.Channel.Value, (int)StandingOf(attempt.State), attempt.Claim is not null,
                (int)ClassOf(attempt.Outcome.Class), attempt.Outcome.Code, attempt.Outcome.ChannelOrderNo);
        }

        view.Add(payment.Cases.Length);
        foreach (var known in payment.Cases)
        {
            view.Add(((int)Reasons[(int)known.Reason] * 100) + known.AttemptNo);
        }

        view.Add(payment.Proposals.Length);
        if (payment.Failure is { } failure)
        {
            view.AddFailure((int)ClassOf(failure.Class), failure.Code, failure.Channel?.Value);
        }

        return view.Value;
    }

    private static AttemptStanding StandingOf(AttemptState state) => state switch
    {
        AttemptState.Processing => AttemptStanding.Open,
        AttemptState.Succeeded => AttemptStanding.Succeeded,
        AttemptState.Failed => AttemptStanding.Failed,
    };

    private static Class ClassOf(OutcomeClass @class) => Classes[(int)@class];

    private static End? EndOrNull(Outcome? outcome) => outcome is null ? null : EndOf(outcome);

    private static End EndOf(Outcome outcome) => new(
        ClassOf(outcome.Class),
        outcome.Landing switch
        {
            Landing.NotSent => Landed.NotSent,
            Landing.NotLanded => Landed.NotLanded,
            Landing.Landed => Landed.Landed,
            Landing.Maybe => Landed.Maybe,
        },
        outcome.Code, outcome.ChannelOrderNo);

    private static Rules RulesOf(Life life)
    {
        var (rules, policy) = (life.Settings.Rules, life.Settings.Policy);
        return new Rules(
            [.. life.Settings.Channels.Select(TermsOf)], rules.Payments.MaxAttempts, rules.Hold, rules.SuspendAfter,
            rules.MaxClockSkew, policy.SubmitQueueDeadline, policy.SubmitTimeout, policy.QueryTimeout, policy.Schedule,
            policy.NotFoundIsFinalAfter, policy.NotFoundAgreeing, policy.QueryCredit);
    }

    private static Terms TermsOf(ChannelSetup setup)
    {
        var terms = setup.Routed.Terms;
        return new Terms(
            setup.Id.Value, terms.Products.Contains(Product.Withhold), terms.Products.Contains(Product.Payout), terms.Banks,
            terms.MinAmount, terms.MaxAmount, [.. terms.Currencies.Select(currency => currency.Value)]);
    }

    /// <summary>Both have the same names; whatever the referee has no name for fails at once.</summary>
    private static TTo[] Map<TFrom, TTo>()
        where TFrom : struct, Enum
        where TTo : struct, Enum
    {
        var values = Enum.GetValues<TFrom>();
        var map = new TTo[values.Max(value => Convert.ToInt32(value, null)) + 1];
        foreach (var value in values)
        {
            map[Convert.ToInt32(value, null)] = Enum.Parse<TTo>(value.ToString());
        }

        return map;
    }
}
