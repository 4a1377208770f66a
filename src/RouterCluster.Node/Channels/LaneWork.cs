using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <summary>A lane's calls to the payment company.</summary>
public interface ILaneWork<TOrder>
{
    ILaneOrders<TOrder> Orders { get; }

    /// <summary>A call of this number that has not sent anything yet must not send it.</summary>
    void Withdraw(string orderNo);

    /// <summary>Runs outside the actor and ends as an outcome, never as an exception of the protocol.</summary>
    Task<CallEnd> CallAsync(TOrder order, CancellationToken timeout);
}

/// <param name="maySend">Asked last before bytes leave, like the order's deadline.</param>
public sealed class SubmitWork(
    IChannelProtocol protocol, IAccountVault vault, RouterClock clock, string? notifyUrl, Func<bool> maySend)
    : ILaneWork<SubmitOrder>
{
    private readonly WithdrawnOrders _withdrawn = new();

    public ILaneOrders<SubmitOrder> Orders => SubmitOrders.Instance;

    public void Withdraw(string orderNo) => _withdrawn.Add(orderNo);

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

    private bool MayStillSend(SubmitOrder order) => _withdrawn.MayStillSend(order, clock.Utc) && maySend();
}

/// <param name="maySend">Asked before the call: a successor waits for as long as a call may last after this.</param>
public sealed class QueryWork(IChannelProtocol protocol, Func<bool> maySend) : ILaneWork<QueryOrder>
{
    public ILaneOrders<QueryOrder> Orders => QueryOrders.Instance;

    public void Withdraw(string orderNo)
    {
        // A query moves no money, so it may always be sent.
    }

    public Task<CallEnd> CallAsync(QueryOrder order, CancellationToken timeout) => maySend()
        ? protocol.QueryAsync(new QueryCall(order.OrderNo, order.Product, order.Amount), timeout)
        : Task.FromResult(new CallEnd(Outcome.Unknown(SubmitCall.Forbidden)));
}
