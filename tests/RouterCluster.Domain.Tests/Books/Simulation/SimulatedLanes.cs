using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;

namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>
/// The channels' lanes: they lose, delay, double and refuse, and keep a submit's end until the book has stored it, unless
/// they crash.
/// </summary>
internal sealed class SimulatedLanes(VirtualTime time, Chance chance, SimulatedPsp psp, Action<AttemptReport> toBook)
{
    private const double CallTimeout = 15;
    private readonly Dictionary<(PaymentId, int), AttemptReport> _untaken = [];
    private int _generation;

    public void Submit(SubmitOrder order)
    {
        if (!chance.Fault(0.05))
        {
            time.After(chance.Fault(0.1) ? chance.Seconds(0, 9) : chance.Seconds(0, 0.2), () => Send(order));
        }
    }

    public void Query(QueryOrder order)
    {
        if (chance.Fault(0.05))
        {
            return;
        }

        time.After(chance.Seconds(0, 2), () =>
        {
            var answer = chance.Fault(0.05) ? PaymentFixtures.LaneFull : psp.Query(order);
            var report = new AttemptReport(
                order.Payment, order.AttemptNo, order.Channel, ReportSource.Query, answer ?? Outcome.Unknown("timeout"));
            Deliver(report, answer is null ? 7 : 0);
        });
    }

    public void Taken(AttemptReport report) => _untaken.Remove((report.Payment, report.AttemptNo));

    public void Crash()
    {
        _generation++;
        _untaken.Clear();
    }

    private void Send(SubmitOrder order)
    {
        if (PaymentFixtures.Start + time.Now >= order.SendBefore || chance.Of(0.08))
        {
            Report(order, PaymentFixtures.LaneFull, 0);
            return;
        }

        // Once bytes have left, the order may reach the company at any moment until the call is given up.
        var onTheWay = chance.Fault(0.1) ? chance.Seconds(0, CallTimeout - 1) : chance.Seconds(0, 0.1);
        time.After(onTheWay, () =>
        {
            var answer = psp.Submit(order);
            var takes = chance.Fault(0.1) ? chance.Seconds(0, CallTimeout) : chance.Seconds(0, 0.5);
            var isLost = answer is null || onTheWay + takes > CallTimeout;
            Report(order, isLost ? PaymentFixtures.Unknown : answer!, isLost ? CallTimeout - onTheWay : takes);
        });
    }

    private void Report(SubmitOrder order, Outcome outcome, double after)
    {
        var report = new AttemptReport(order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit, outcome);
        var generation = _generation;
        time.After(after, () =>
        {
            if (generation == _generation)
            {
                _untaken[(report.Payment, report.AttemptNo)] = report;
                Deliver(report, 0);
                SendAgain(report);
            }
        });
    }

    private void SendAgain(AttemptReport report) => time.After(2, () =>
    {
        if (_untaken.GetValueOrDefault((report.Payment, report.AttemptNo)) == report)
        {
            Deliver(report, 0);
            SendAgain(report);
        }
    });

    private void Deliver(AttemptReport report, double after)
    {
        for (var copies = chance.Fault(0.1) ? 0 : chance.Fault(0.1) ? 2 : 1; copies > 0; copies--)
        {
            time.After(after + chance.Seconds(0, chance.Fault(0.1) ? 5 : 0.05), () => toBook(report));
        }
    }
}
