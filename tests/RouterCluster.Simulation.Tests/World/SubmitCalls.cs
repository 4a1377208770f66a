using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A submit on the wire: connecting, the last check, the bytes' way, the answer's way.</summary>
internal sealed class SubmitCalls(Life life, SimulatedChannel channel) : ICalls<SubmitOrder>
{
    private readonly double _timeout = channel.Setup.Submit.Timeout.TotalSeconds;

    public ChannelLane Lane => ChannelLane.Submit;

    public string Merchant(SubmitOrder order) => order.Merchant.Value;

    public TimeSpan? Patience(SubmitOrder order, DateTimeOffset utcNow) => order.SendBefore - utcNow;

    public void Send(Flight<SubmitOrder> flight, Node node, Action<Outcome> end)
    {
        var chance = life.Merchants[flight.Order.Payment].Chance;
        if (life.Faults.Strike(FaultKind.ConnectionRefused, chance, 0.03))
        {
            life.Time.After(0.001, () => end(Told.NotConnected));
            return;
        }

        // Connecting, or a machine that is out of breath, between the permit and the first byte.
        var isSlow = life.Faults.Strike(FaultKind.BytesSlow, chance, 0.03);
        life.Time.After(isSlow ? chance.Seconds(0, 2) : 0.001, () => Leave(flight, node, chance, end));
    }

    public void Closed(Flight<SubmitOrder> flight)
    {
        if (flight.IsAtPsp)
        {
            flight.IsAtPsp = false;
            life.Observer.CallLeft(channel.Setup.Id, Lane);
        }
    }

    public CallVerdict Verdict(Outcome outcome) =>
        outcome.Code == SubmitCall.Forbidden ? CallVerdict.Neutral : outcome.Verdict();

    /// <summary>Some companies say for how long they are too busy.</summary>
    public CallNews News(SubmitOrder order, Outcome outcome) => new(
        outcome.Class == OutcomeClass.ChannelThrottled && channel.Chance.Of(0.3)
            ? TimeSpan.FromSeconds(channel.Chance.Below(5))
            : null,
        new CallPart(order.Product, order.Account.Bank, order.Amount.Minor),
        null);

    public void Started(ChannelOwner owner, Flight<SubmitOrder> flight) =>
        owner.Tell(new SubmitSignal(flight.Order.Product, flight.Order.Account.Bank, default, default)
        {
            Kind = SignalKind.Dispatched,
            Number = flight.Number,
        });

    public void Waits(SubmitOrder order, bool isInQueue) => life.Time.After(0.001, () =>
        life.Books[order.Payment.Book].Tell((book, _) => book.InQueue(order.Payment, order.AttemptNo, isInQueue)));

    public void Report(ChannelOwner owner, SubmitOrder order, Outcome outcome, Flight<SubmitOrder>? flight)
    {
        life.Story?.Tell(order.Payment, $"{channel.Setup.Id}'s submit lane ends attempt {order.AttemptNo}: {outcome}");
        if (flight is not null)
        {
            owner.Tell(new SubmitSignal(order.Product, order.Account.Bank, Verdict(outcome), outcome.Class)
            {
                Number = flight.Number,
            });
        }

        owner.ToBook(new AttemptReport(order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit, outcome));
    }

    private void Leave(Flight<SubmitOrder> flight, Node node, Chance chance, Action<Outcome> end)
    {
        if (flight.IsCut)
        {
            return;
        }

        if (node.Utc >= flight.Order.SendBefore || channel.Owner?.IsWithdrawn(flight.Order.OrderNo) == true)
        {
            end(Told.TooLateToSend);
            return;
        }

        flight.HasLeft = true;
        life.Observer.BytesLeave(flight.Order);
        if (chance.Of(0.002) && node.CrashIf(FaultKind.CrashWithPermitTaken))
        {
            life.Story?.Tell(flight.Order.Payment, "the bytes had left");
        }

        var isSlow = life.Faults.Strike(FaultKind.BytesSlow, chance, 0.03);
        life.Time.After(isSlow ? chance.Seconds(0, _timeout / 2) : 0.002, () => Arrive(flight, node, chance, end));
    }

    private void Arrive(Flight<SubmitOrder> flight, Node node, Chance chance, Action<Outcome> end)
    {
        flight.IsAtPsp = !flight.IsCut;
        if (flight.IsAtPsp)
        {
            life.Observer.CallArrives(channel.Setup.Id, Lane);
        }

        var answer = channel.Psp.Receive(flight.Order, chance);
        if (chance.Of(0.003) && node.CrashIf(FaultKind.CrashAfterSendBeforeResponse))
        {
            return;
        }

        if (answer is { } told && !life.Faults.Strike(FaultKind.AnswerLost, chance, 0.08))
        {
            var isSlow = life.Faults.Strike(FaultKind.AnswerSlow, chance, 0.04);
            var takes = chance.Seconds(0.02, isSlow ? 1.5 * _timeout : 0.1);
            life.Time.After(takes, () =>
            {
                Closed(flight);
                if (!flight.IsCut)
                {
                    end(told);
                }
            });
        }
    }
}
