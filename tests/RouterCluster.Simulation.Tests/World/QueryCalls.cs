using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A query on the wire.</summary>
internal sealed class QueryCalls(Life life, SimulatedChannel channel) : ICalls<QueryOrder>
{
    public ChannelLane Lane => ChannelLane.Query;

    public string Merchant(QueryOrder order) => order.Merchant.Value;

    public TimeSpan? Patience(QueryOrder order, DateTimeOffset utcNow) => null;

    public void Send(Flight<QueryOrder> flight, Node node, Action<Outcome> end)
    {
        var chance = life.Merchants[flight.Order.Payment].Chance;
        flight.HasLeft = true;
        life.Time.After(0.002, () =>
        {
            flight.IsAtPsp = !flight.IsCut;
            if (!flight.IsAtPsp)
            {
                return;
            }

            life.Observer.CallArrives(channel.Setup.Id, Lane);
            if (channel.Psp.Asked(flight.Order, chance) is { } told)
            {
                var isSlow = life.Faults.Strike(FaultKind.AnswerSlow, chance, 0.04);
                life.Time.After(chance.Seconds(0.01, isSlow ? 4 : 0.05), () =>
                {
                    Closed(flight);
                    if (!flight.IsCut)
                    {
                        end(told);
                    }
                });
            }
        });
    }

    public void Closed(Flight<QueryOrder> flight)
    {
        if (flight.IsAtPsp)
        {
            flight.IsAtPsp = false;
            life.Observer.CallLeft(channel.Setup.Id, Lane);
        }
    }

    public CallVerdict Verdict(Outcome outcome) => outcome.QueryVerdict();

    public CallNews News(QueryOrder order, Outcome outcome) => default;

    public void Started(ChannelOwner owner, Flight<QueryOrder> flight)
    {
    }

    public void Waits(QueryOrder order, bool isInQueue)
    {
        // Books do not ask where their questions are.
    }

    public void Report(ChannelOwner owner, QueryOrder order, Outcome outcome, Flight<QueryOrder>? flight) =>
        owner.ToBook(new AttemptReport(order.Payment, order.AttemptNo, order.Channel, ReportSource.Query, outcome)
        {
            Question = order.Question,
        });
}
