using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>Drives a lane and keeps books of its own on permits, calls and breaker states; any contradiction throws.</summary>
internal sealed class LaneWitness
{
    private readonly Lane<int> _lane = new(LaneOperation.First, BreakerMemory.Fresh, TimeSpan.Zero);
    private readonly List<(Permit Permit, int BreakerChanges)> _running = [];
    private readonly List<Permit> _ended = [];
    private readonly List<TimeSpan> _lingering = [];
    private readonly HashSet<int> _waiting = [];
    private LaneSettings _settings = LaneOperation.First;
    private TimeSpan _now;
    private int _calls;
    private int _breakerChanges;
    private BreakerState _state = BreakerState.Closed;

    public List<TimeSpan> Starts { get; } = [];

    public List<string> Trace { get; } = [];

    public double HighestRate { get; private set; } = LaneOperation.First.RatePerSecond;

    public int HighestBurst { get; private set; } = LaneOperation.First.Concurrency;

    public void Do(LaneOperation operation)
    {
        switch (operation)
        {
            case LaneOperation.Offer offer:
                _waiting.Add(++_calls);
                _lane.Offer(_calls, offer.Merchant, _now + TimeSpan.FromMilliseconds(offer.PatienceMs), _now);
                break;
            case LaneOperation.End end when _running.Count > 0:
                End(end.Index % _running.Count, end.Verdict, end.Lingers);
                break;
            case LaneOperation.EndAgain again when _ended.Count > 0:
                _lane.Complete(_ended[again.Index % _ended.Count], CallVerdict.Fault, true, 1, _now);
                break;
            case LaneOperation.Pass pass:
                PassUntil(_now + TimeSpan.FromMilliseconds(pass.Ms));
                break;
            case LaneOperation.Configure configure:
                _settings = configure.Settings;
                HighestRate = Math.Max(HighestRate, _settings.RatePerSecond);
                HighestBurst = Math.Max(HighestBurst, _settings.Concurrency);
                _lane.Configure(_settings, _now);
                break;
            case LaneOperation.Isolate isolate:
                _lane.Isolate(isolate.Isolated, _now);
                break;
            case LaneOperation.Take take:
                _lane.SetIntake(take.Intake, _now);
                break;
        }

        Collect();
        CheckReport();
    }

    /// <summary>Stops new calls, ends all running ones and waits: nothing may be left.</summary>
    public void Drain()
    {
        Do(new LaneOperation.Take(Intake.Draining));
        while (_lane.NextWake(_now) is { } wake || _running.Count > 0)
        {
            if (_running.Count > 0)
            {
                Do(new LaneOperation.End(0, CallVerdict.Neutral, true));
            }

            wake = _lane.NextWake(_now) ?? _now;
            PassUntil(wake);
            CheckReport();
        }

        Assert.Empty(_waiting);
        Assert.True(_lane.IsIdle);
        Assert.Equal(0, _lane.Report(_now).InFlight);
    }

    private void End(int index, CallVerdict verdict, bool lingers)
    {
        var (permit, startedAfter) = _running[index];
        _running.RemoveAt(index);
        _ended.Add(permit);
        if (lingers)
        {
            _lingering.Add(_now + _settings.Linger);
        }

        var before = _breakerChanges;
        _lane.Complete(permit, verdict, lingers, 10, _now);
        Collect();
        Assert.True(startedAfter == before || _breakerChanges == before, "A call of an earlier generation moved the breaker.");
    }

    private void PassUntil(TimeSpan then)
    {
        var wake = _lane.NextWake(_now);
        _now = then;
        _lane.Advance(_now);
        var outputs = Collect();
        Assert.True(outputs == 0 || wake <= _now, $"Something fell due {wake - _now} before the lane wanted to be woken.");
    }

    private int Collect()
    {
        _lingering.RemoveAll(until => until <= _now);
        var outputs = _lane.TakeOutputs();
        foreach (var output in outputs)
        {
            Trace.Add($"{_now} {output}");
            switch (output)
            {
                case LaneOutput<int>.Start start:
                    OnStart(start);
                    break;
                case LaneOutput<int>.Refused refused:
                    Assert.True(_waiting.Remove(refused.Call), "Refused a call that was not waiting.");
                    Assert.True(_state != BreakerState.Isolated || refused.Refusal == LaneRefusal.Isolated);
                    break;
                case LaneOutput<int>.BreakerChanged changed:
                    _breakerChanges++;
                    _state = changed.Memory.State;
                    break;
            }
        }

        return outputs.Length;
    }

    private void OnStart(LaneOutput<int>.Start start)
    {
        Assert.True(_waiting.Remove(start.Call), "Started a call that was not waiting.");
        Assert.True(_running.Count + _lingering.Count < _settings.Concurrency, "Started a call beyond the budget.");
        Assert.True(_state is BreakerState.Closed or BreakerState.HalfOpen, "Started a call through an open breaker.");
        Assert.Equal(_state == BreakerState.HalfOpen, start.Permit.IsProbe);
        _running.Add((start.Permit, _breakerChanges));
        Starts.Add(_now);
        var probes = _running.Count(call => call.Permit.IsProbe && call.BreakerChanges == _breakerChanges);
        Assert.True(probes <= _settings.Breaker.Probes, "Too many probes at once.");
    }

    private void CheckReport()
    {
        var report = _lane.Report(_now);
        Assert.Equal(_running.Count + _lingering.Count, report.InFlight);
        Assert.Equal(_waiting.Count, report.Queue);
        Assert.True(report.Queue <= _settings.Queue, "The queue outgrew its limit.");
        Assert.Equal(_state, report.Breaker);
        Assert.InRange(report.RatePerSecond, 0, _settings.RatePerSecond);
    }
}
