using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <summary>What a lane does with an order: the only difference between a channel's two lanes.</summary>
public interface ILaneWork<TOrder>
{
    string Name { get; }

    string Merchant(TOrder order);

    string OrderNo(TOrder order);

    /// <summary>What the order's book is told when it waits in the queue, and when that is over; null: nothing.</summary>
    OrderInQueue? InQueue(TOrder order, bool isInQueue);

    /// <summary>A call of this number that has not sent anything yet must not.</summary>
    void Withdraw(string orderNo);

    /// <summary>How long the order may still wait; null: as long as the lane lets it.</summary>
    TimeSpan? Patience(TOrder order, DateTimeOffset utcNow);

    /// <summary>Runs outside the actor; ends as an outcome, never as an exception of the protocol's.</summary>
    Task<CallEnd> CallAsync(TOrder order, CancellationToken timeout);

    AttemptReport Report(TOrder order, Outcome outcome);

    CallVerdict Verdict(Outcome outcome);

    /// <summary>By what the company might refuse the order; null for a question.</summary>
    CallPart? Part(TOrder order);

    /// <summary>What routers learn when the call begins, <paramref name="outcome"/> being null, and when it ends.</summary>
    LaneSignal? Signal(TOrder order, Outcome? outcome);
}

/// <param name="OrderNo">By which a query's answer is put to its submit.</param>
public readonly record struct LaneSignal(string OrderNo, SubmitSignal Signal)
{
    /// <summary>On the lane's monotonic clock.</summary>
    public TimeSpan At { get; init; }

    /// <summary>How a submit ended that was told of otherwise, or not at all. Nobody but the entity knows its bank.</summary>
    public static LaneSignal Truth(string orderNo, Product product, Outcome outcome) =>
        new(orderNo, new SubmitSignal(product, null, outcome.Verdict(), outcome.Class) { Kind = SignalKind.Corrected });
}

/// <param name="maySend">Asked last thing before bytes leave, as the order's own deadline is.</param>
public sealed class SubmitWork(
    IChannelProtocol protocol, IAccountVault vault, RouterClock clock, string? notifyUrl, Func<bool> maySend)
    : ILaneWork<SubmitOrder>
{
    /// <summary>Numbers are kept for the calls that run at the moment; nobody withdraws so many at once.</summary>
    private const int MostWithdrawn = 4_096;

    private volatile ImmutableHashSet<string> _withdrawn = [];

    public string Name => "submit";

    public string Merchant(SubmitOrder order) => order.Merchant.Value;

    public string OrderNo(SubmitOrder order) => order.OrderNo;

    public OrderInQueue? InQueue(SubmitOrder order, bool isInQueue) => new(order.Payment, order.AttemptNo, isInQueue);

    public void Withdraw(string orderNo) =>
        _withdrawn = _withdrawn.Count < MostWithdrawn ? _withdrawn.Add(orderNo) : [orderNo];

    public TimeSpan? Patience(SubmitOrder order, DateTimeOffset utcNow) => order.SendBefore - utcNow;

    public Task<CallEnd> CallAsync(SubmitOrder order, CancellationToken timeout)
    {
        AccountDetails account;
        try
        {
            account = vault.Open(order.Account);
        }
        catch (InvalidOperationException)
        {
            return Task.FromResult(new CallEnd(Outcome.NotSent(OutcomeClass.OurRequest, "account_unreadable")));
        }

        return protocol.SubmitAsync(
            new SubmitCall(order.OrderNo, order.Product, order.Amount, account, notifyUrl, () => MayStillSend(order)), timeout);
    }

    private bool MayStillSend(SubmitOrder order) =>
        clock.Utc < order.SendBefore && !_withdrawn.Contains(order.OrderNo) && maySend();

    public AttemptReport Report(SubmitOrder order, Outcome outcome) =>
        new(order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit, outcome);

    public CallVerdict Verdict(Outcome outcome) =>
        outcome.Code == SubmitCall.Forbidden ? CallVerdict.Neutral : outcome.Verdict();

    public CallPart? Part(SubmitOrder order) => new(order.Product, order.Account.Bank, order.Amount.Minor);

    public LaneSignal? Signal(SubmitOrder order, Outcome? outcome) => new(
        order.OrderNo,
        outcome is null
            ? new SubmitSignal(order.Product, order.Account.Bank, default, default)
            {
                Kind = SignalKind.Dispatched,
                Source = SourceOf(order),
            }
            : new SubmitSignal(order.Product, order.Account.Bank, Verdict(outcome), outcome.Class));

    /// <summary>By what may be shown of the account; it is the same for each of its payments, unlike the sealed bytes.</summary>
    private static Source SourceOf(SubmitOrder order) => Source.Of(
        StableHash.Of(order.Account.MaskedNumber, StableHash.Of(order.Account.Bank ?? "")), StableHash.Of(order.Merchant.Value));
}

public sealed class QueryWork(IChannelProtocol protocol) : ILaneWork<QueryOrder>
{
    public string Name => "query";

    public string Merchant(QueryOrder order) => order.Merchant.Value;

    public string OrderNo(QueryOrder order) => order.OrderNo;

    public OrderInQueue? InQueue(QueryOrder order, bool isInQueue) => null;

    public void Withdraw(string orderNo)
    {
        // A question harms nobody.
    }

    public TimeSpan? Patience(QueryOrder order, DateTimeOffset utcNow) => null;

    public Task<CallEnd> CallAsync(QueryOrder order, CancellationToken timeout) =>
        protocol.QueryAsync(new QueryCall(order.OrderNo, order.Product, order.Amount), timeout);

    public AttemptReport Report(QueryOrder order, Outcome outcome) =>
        new(order.Payment, order.AttemptNo, order.Channel, ReportSource.Query, outcome) { Question = order.Question };

    public CallVerdict Verdict(Outcome outcome) => outcome.QueryVerdict();

    public CallPart? Part(QueryOrder order) => null;

    /// <summary>Only what settles the order: the entity knows the submit that it speaks of.</summary>
    public LaneSignal? Signal(QueryOrder order, Outcome? outcome) =>
        outcome is not null && outcome.IsDefinite() ? LaneSignal.Truth(order.OrderNo, order.Product, outcome) : null;
}
