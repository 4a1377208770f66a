using System.Collections.Immutable;
using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One life of a channel on one node: carries the production channel and its two production lanes as the channel's actors do.
/// While an operator's change is being written, everything else waits.
/// </summary>
internal sealed class ChannelOwner
{
    private const double FirstReport = 0.1;

    private readonly Life _life;
    private readonly SimulatedChannel _at;
    private readonly Channel _channel;
    private readonly WithdrawnOrders _withdrawn = new();
    private readonly SimulatedLane<SubmitOrder> _submit;
    private readonly SimulatedLane<QueryOrder> _query;
    private readonly Queue<Action> _waiting = new();
    private readonly OwnerClaim _claim;
    private int _storing;

    public ChannelOwner(Life life, SimulatedChannel at, Node node)
    {
        _life = life;
        _at = at;
        Node = node;
        OpenedAt = life.Time.Now;
        _claim = new OwnerClaim(life, at, this);
        _channel = at.Recover(node.Utc);
        _submit = new SimulatedLane<SubmitOrder>(
            life, this, new SubmitCalls(life, at), _channel.StartOf(ChannelLane.Submit, node.Utc));
        _query = new SimulatedLane<QueryOrder>(
            life, this, new QueryCalls(life, at), _channel.StartOf(ChannelLane.Query, node.Utc));
    }

    public Node Node { get; }

    public ChannelId Id => _at.Setup.Id;

    public TimeSpan OpenedAt { get; }

    public Chance Chance => _at.Chance;

    public bool IsStopped { get; private set; }

    public bool IsHandedOver { get; private set; }

    /// <summary>Until when the process of a stopped owner stands still.</summary>
    public TimeSpan FrozenUntil { get; private set; }

    public bool MaySend => _claim.MaySend;

    public void Open()
    {
        Take(() => _channel.Wait(Node.Utc));
        _claim.Take();
        _life.Time.After(FirstReport, Report);
    }

    /// <summary>The calls of all earlier owners have ended.</summary>
    public void MaySendNow()
    {
        _life.Story?.Tell($"channel {Id} may send from node {Node.Number}");
        Take(_channel.Open);
    }

    /// <summary>Finishes its calls within the time for that, and tells the next owner whether it need not wait.</summary>
    public void HandOver()
    {
        if (!IsHandedOver && !IsStopped)
        {
            IsHandedOver = true;
            _life.Story?.Tell($"channel {Id} leaves node {Node.Number}");
            _submit.Stop();
            _query.Stop();
            Finish(_life.Time.Now + TimeSpan.FromSeconds(Chance.Seconds(0, 4)));
        }
    }

    public void Submit(SubmitOrder order) => _submit.Offer(order);

    public void Query(QueryOrder order) => _query.Offer(order);

    public void Taken(PaymentId payment, int attemptNo) => _submit.Taken(payment, attemptNo);

    public void Noticed(string orderNo, Product product, Outcome outcome) => _submit.Noticed(orderNo, product, outcome);

    public void Withdraw(string orderNo)
    {
        _withdrawn.Add(orderNo);
        _submit.Withdraw(orderNo);
    }

    public bool MayStillSend(SubmitOrder order) => _withdrawn.MayStillSend(order, Node.Utc) && MaySend;

    public void Change(OperatorRequest request) => Take(() => _channel.Change(request.Change, request, Node.Utc));

    public void FromLane(ChannelLane lane, LaneNews news)
    {
        if (_storing > 0)
        {
            Wait(lane, news);
        }
        else if (!IsStopped)
        {
            if (news is LaneNews.ClosedUntil)
            {
                _life.Observer.ChannelCloses(_at.Setup);
            }

            _channel.FromLane(lane, news, Node.Utc);
            CarryOut();
        }
    }

    /// <summary>The calls end with it; what they would have said is asked about.</summary>
    public void Stop(string why)
    {
        if (!IsStopped)
        {
            _life.Story?.Tell($"channel {Id} stops on node {Node.Number}: {why}");
            IsStopped = true;
            _life.Observer.OwnerEnds(this);
            if (!Node.IsUp && Node.Death == Death.Paused)
            {
                FrozenUntil = Node.FrozenUntil;
            }
            else
            {
                _claim.End();
            }

            _submit.CutAll();
            _query.CutAll();
            _at.Lost(this);
        }
    }

    public void TellBook(AttemptReport report)
    {
        _life.Story?.Tell(
            report.Payment, $"{Id}'s {report.Source} lane tells the end of attempt {report.AttemptNo}: {report.Outcome}");
        _life.Observer.LaneTold(report);
        _submit.Leaves(report);
        _life.Network.Deliver(report);
    }

    public void TellQueued(PaymentId payment, int attemptNo, bool isInQueue) => _life.Time.After(
        0.001, () => _life.Books[payment.Book].Tell((book, _) => book.InQueue(payment, attemptNo, isInQueue)));

    /// <summary>L5: after the world has been quiet.</summary>
    public IEnumerable<(ChannelLane Lane, LaneReport Report, int Running)> Lanes()
    {
        yield return (ChannelLane.Submit, _submit.Report, _submit.Running);
        yield return (ChannelLane.Query, _query.Report, _query.Running);
    }

    /// <summary>What the owner before has left.</summary>
    public void Adopt(ImmutableArray<AttemptReport> reports) => _submit.Adopt(reports);

    /// <summary>Reports that no book takes in time go to the next owner.</summary>
    private void Finish(TimeSpan limit)
    {
        if (IsStopped)
        {
            return;
        }

        if (_submit.HasEnded && _query.HasEnded && !_submit.IsDone && Chance.Of(0.3))
        {
            _at.Leave(_submit.HandOver());
        }

        if ((_submit.IsDone && _query.IsDone) || _life.Time.Now >= limit)
        {
            _claim.Release();
            Stop("it is handed over");
        }
        else
        {
            _life.Time.After(0.1, () => Finish(limit));
        }
    }

    private void Report()
    {
        if (!IsStopped)
        {
            _submit.Tell();
            _query.Tell();
            if (_channel.NextEnd is not null && Node.ClockAgrees && !IsHandedOver)
            {
                Take(() => _channel.EndOverdue(Node.Utc));
            }

            _life.Time.After(_life.IsQuiet ? 5 : 0.5, Report);
        }
    }

    // The usual case pays for no closure.
    private void Wait(ChannelLane lane, LaneNews news) => _waiting.Enqueue(() => FromLane(lane, news));

    private void Take(Action input)
    {
        if (_storing > 0)
        {
            _waiting.Enqueue(() => Take(input));
        }
        else if (!IsStopped)
        {
            input();
            CarryOut();
        }
    }

    private void CarryOut()
    {
        foreach (var effect in _channel.TakeEffects())
        {
            switch (effect)
            {
                case ChannelEffect.Store store:
                    _at.Store(store.Event, this, () => _at.KeepSometimes(_channel.Snapshot));
                    break;
                case ChannelEffect.StoreFirst change:
                    StoreFirst(change);
                    break;
                case ChannelEffect.Configure configure:
                    Configure(configure);
                    break;
                case ChannelEffect.ReportToRouters report:
                    _life.Observer.Reported(this, report.Report);
                    TellRouters(report.Report);
                    break;
                case ChannelEffect.AnswerOperator answer:
                    var request = (OperatorRequest)answer.Asker;
                    request.IsAnswered = true;
                    _life.Observer.OperatorAnswered(request.Change, answer.Report);
                    break;
                case ChannelEffect.RefuseOperator refuse:
                    ((OperatorRequest)refuse.Asker).IsAnswered = true;
                    break;
                case ChannelEffect.ThrottleTurned:
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    /// <summary>One lane works by the change a moment before the other does.</summary>
    private void Configure(ChannelEffect.Configure configure)
    {
        _submit.Configure(configure.Submit);
        _life.Time.After(0.001, () =>
        {
            if (!IsStopped)
            {
                _query.Configure(configure.Query);
            }
        });
    }

    private void StoreFirst(ChannelEffect.StoreFirst change)
    {
        _storing++;
        _at.Store(change.Event, this, () => Stored(change));
    }

    private void Stored(ChannelEffect.StoreFirst change)
    {
        if (Chance.Of(0.05) && Node.CrashIf(FaultKind.CrashInReload))
        {
            return;
        }

        // The lanes' news of the change comes behind what has waited since.
        _channel.Stored(change);
        _at.KeepSometimes(_channel.Snapshot);
        CarryOut();
        _storing--;
        while (_storing == 0 && _waiting.TryDequeue(out var input))
        {
            input();
        }
    }

    private void TellRouters(ChannelReport report)
    {
        var inTime = new List<SimulatedRouter>(_life.Nodes.Length);
        foreach (var node in _life.Nodes)
        {
            if (_life.Faults.Strike(FaultKind.HealthLost, Chance, 0.02))
            {
                continue;
            }

            if (_life.Faults.Strike(FaultKind.HealthLate, Chance, 0.02))
            {
                TellLate(node.Router, report);
            }
            else
            {
                inTime.Add(node.Router);
            }
        }

        _life.Time.After(0.001, () => inTime.ForEach(router => router.Fold(report)));
    }

    private void TellLate(SimulatedRouter router, ChannelReport report) =>
        _life.Time.After(Chance.Seconds(0, 3), () => router.Fold(report));
}
