using RouterCluster.Domain.Books;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>Between books and lanes: at most once for orders, at least once for what lanes keep until it is taken.</summary>
internal sealed class SimulatedNetwork(Life life)
{
    public void Deliver(SubmitOrder order)
    {
        var chance = life.Merchants[order.Payment].Chance;
        if (life.Faults.Strike(FaultKind.OrderLost, chance, 0.03))
        {
            life.Story?.Tell(order.Payment, $"the order {order.AttemptNo} to {order.Channel} is lost on the way to the lane");
            return;
        }

        var isLate = life.Faults.Strike(FaultKind.OrderLate, chance, 0.05);
        life.Time.After(
            isLate ? chance.Seconds(0, 4) : chance.Seconds(0, 0.002),
            () => life.Channel(order.Channel).Owner?.Submit(order));
    }

    /// <summary>Behind the order that it is about, as both come from the same book.</summary>
    public void Withdraw(ChannelId channel, string orderNo) =>
        life.Time.After(0.002, () => life.Channel(channel).Owner?.Withdraw(orderNo));

    public void Deliver(QueryOrder order)
    {
        var chance = life.Merchants[order.Payment].Chance;
        if (!life.Faults.Strike(FaultKind.OrderLost, chance, 0.03))
        {
            var isLate = life.Faults.Strike(FaultKind.OrderLate, chance, 0.05);
            life.Time.After(
                isLate ? chance.Seconds(0, 8) : chance.Seconds(0, 0.002),
                () => life.Channel(order.Channel).Owner?.Query(order));
        }
    }

    public void Deliver(AttemptReport report)
    {
        var chance = life.Merchants[report.Payment].Chance;
        var copies = life.Faults.Strike(FaultKind.ReportLost, chance, 0.04) ? 0
            : life.Faults.Strike(FaultKind.ReportDoubled, chance, 0.04) ? 2 : 1;
        for (; copies > 0; copies--)
        {
            var isLate = life.Faults.Strike(FaultKind.ReportLate, chance, 0.05);
            life.Time.After(isLate ? chance.Seconds(0, 30) : chance.Seconds(0, 0.002), () => Arrive(report, chance));
        }
    }

    private void Arrive(AttemptReport report, Chance chance)
    {
        var book = life.Books[report.Payment.Book];
        if (book.Owner is { } owner && chance.Of(0.003) && owner.Node.CrashIf(FaultKind.CrashAfterResponseBeforeStored))
        {
            return;
        }

        life.Story?.Tell(report.Payment, $"the book hears of attempt {report.AttemptNo}: {report.Source} says {report.Outcome}");
        book.Tell((payments, now) =>
        {
            life.Observer.Delivered(report);
            payments.AttemptReported(report, now);
        });
    }
}
