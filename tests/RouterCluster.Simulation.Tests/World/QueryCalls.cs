using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A query on the wire.</summary>
internal sealed class QueryCalls(Life life, SimulatedChannel channel) : ICalls<QueryOrder>
{
    public ILaneOrders<QueryOrder> Orders => QueryOrders.Instance;

    public void Send(Flight<QueryOrder> flight, Action<Outcome> end)
    {
        if (!flight.Owner.MaySend)
        {
            life.Time.After(0.001, () => end(Told.NotAsked));
            return;
        }

        var chance = life.Merchants[flight.Order.Payment].Chance;
        flight.HasLeft = true;
        life.Time.After(0.002, () =>
        {
            flight.IsAtPsp = !flight.IsCut;
            if (!flight.IsAtPsp)
            {
                return;
            }

            life.Observer.CallArrives(flight.Owner, Orders.Lane);
            if (channel.Psp.Asked(flight.Order, chance) is { } told)
            {
                var isSlow = life.Faults.Strike(FaultKind.AnswerSlow, chance, 0.04);
                life.Time.After(chance.Seconds(0.01, isSlow ? 4 : 0.05), () =>
                {
                    Closed(flight);
                    if (!flight.IsCut)
                    {
                        flight.Word = told;
                        end(channel.Wire.OutcomeOf(told, flight.Order.OrderNo, flight.Order.Amount));
                    }
                });
            }
        });
    }

    public void Heard(QueryOrder order, Word word) => life.Observer.Heard(order, word);

    public void Closed(Flight<QueryOrder> flight)
    {
        if (flight.IsAtPsp)
        {
            flight.IsAtPsp = false;
            life.Observer.CallLeft(flight.Owner, Orders.Lane);
        }
    }

    public CallEnd End(Flight<QueryOrder> flight, Outcome outcome, bool isGivenUp) => new(outcome, isGivenUp);
}
