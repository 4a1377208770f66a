using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A submit on the wire: connecting, the last check, the bytes' way, the answer's way.</summary>
internal sealed class SubmitCalls(Life life, SimulatedChannel channel) : ICalls<SubmitOrder>
{
    private readonly double _timeout = channel.Setup.Submit.Timeout.TotalSeconds;

    public ILaneOrders<SubmitOrder> Orders => SubmitOrders.Instance;

    public void Send(Flight<SubmitOrder> flight, Action<Outcome> end)
    {
        var chance = life.Merchants[flight.Order.Payment].Chance;
        if (life.Faults.Strike(FaultKind.ConnectionRefused, chance, 0.03))
        {
            life.Time.After(0.001, () => end(Told.NotConnected));
            return;
        }

        // Connecting, or a machine that is out of breath, between the permit and the first byte.
        var isSlow = life.Faults.Strike(FaultKind.BytesSlow, chance, 0.03);
        life.Time.After(isSlow ? chance.Seconds(0, 2) : 0.001, () => Leave(flight, chance, end));
    }

    public void Heard(SubmitOrder order, Word word) => life.Observer.Heard(order, word);

    public void Closed(Flight<SubmitOrder> flight)
    {
        if (flight.IsAtPsp)
        {
            flight.IsAtPsp = false;
            life.Observer.CallLeft(flight.Owner, Orders.Lane);
        }
    }

    /// <summary>Some companies say for how long they are too busy.</summary>
    public CallEnd End(Flight<SubmitOrder> flight, Outcome outcome, bool isGivenUp) => new(outcome, isGivenUp)
    {
        ClosedUntil = isGivenUp ? null : flight.ClosedUntil,
        Pause = outcome.Class == OutcomeClass.ChannelThrottled && channel.Chance.Of(0.3)
            ? TimeSpan.FromSeconds(channel.Chance.Below(12))
            : null,
    };

    private void Leave(Flight<SubmitOrder> flight, Chance chance, Action<Outcome> end)
    {
        if (flight.IsCut)
        {
            return;
        }

        var sender = flight.Owner;
        if (sender.FrozenUntil > life.Time.Now)
        {
            life.Time.At(sender.FrozenUntil, () => Leave(flight, chance, end));
            return;
        }

        if (!sender.MayStillSend(flight.Order))
        {
            end(Told.TooLateToSend);
            return;
        }

        flight.HasLeft = true;
        life.Observer.BytesLeave(flight.Order, sender);
        if (chance.Of(0.002) && sender.Node.CrashIf(FaultKind.CrashWithPermitTaken))
        {
            life.Story?.Tell(flight.Order.Payment, "the bytes had left");
        }

        var isSlow = life.Faults.Strike(FaultKind.BytesSlow, chance, 0.03);
        life.Time.After(isSlow ? chance.Seconds(0, _timeout / 2) : 0.002, () => Arrive(flight, chance, end));
    }

    private void Arrive(Flight<SubmitOrder> flight, Chance chance, Action<Outcome> end)
    {
        flight.IsAtPsp = !flight.IsCut;
        if (flight.IsAtPsp)
        {
            life.Observer.CallArrives(flight.Owner, Orders.Lane);
        }

        var answer = channel.Psp.Receive(flight.Order, chance);
        if (chance.Of(0.003) && flight.Owner.Node.CrashIf(FaultKind.CrashAfterSendBeforeResponse))
        {
            return;
        }

        flight.ClosedUntil = SimulatedPsp.IsMaintenance(answer) ? channel.Psp.Announces(chance) : null;
        if (answer is not null && !life.Faults.Strike(FaultKind.AnswerLost, chance, 0.08))
        {
            var isSlow = life.Faults.Strike(FaultKind.AnswerSlow, chance, 0.04);
            var takes = chance.Seconds(0.02, isSlow ? 1.5 * _timeout : 0.1);
            life.Time.After(takes, () =>
            {
                Closed(flight);
                if (!flight.IsCut)
                {
                    flight.Word = answer;
                    end(channel.Wire.OutcomeOf(answer, flight.Order.OrderNo, flight.Order.Amount));
                }
            });
        }
    }
}
