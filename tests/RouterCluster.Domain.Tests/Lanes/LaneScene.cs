using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>A lane with a clock and a record of what it wanted done. Calls are numbered from 1.</summary>
internal sealed class LaneScene
{
    public static readonly LaneSettings Usual = new(
        Concurrency: 4, RatePerSecond: 100, Queue: 8, QueueDeadline: Seconds(5), Timeout: Seconds(2), Linger: Seconds(1),
        new BreakerSettings(FailureRatio: 0.5, MinimumCalls: 4, Window: Seconds(10), OpenFor: Seconds(5), Probes: 2));

    private int _calls;

    public LaneScene(LaneSettings settings, BreakerMemory? memory = null)
    {
        Lane = new Lane<int>(settings, memory ?? BreakerMemory.Fresh, Now);
        Collect();
    }

    public Lane<int> Lane { get; }

    public TimeSpan Now { get; private set; } = Seconds(1000);

    public List<int> Started { get; } = [];

    /// <summary>Those of which the lane has said that they wait, and of which it has not said more.</summary>
    public HashSet<int> Waiting { get; } = [];

    public Dictionary<int, Permit> Permits { get; } = [];

    public Dictionary<int, LaneRefusal> Refused { get; } = [];

    public List<BreakerMemory> Memories { get; } = [];

    public List<TimeSpan> Closings { get; } = [];

    public LaneReport Report => Lane.Report(Now);

    public BreakerState State => Report.Breaker;

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A lane with a full token bucket.</summary>
    public static LaneScene Warm(LaneSettings? settings = null)
    {
        var scene = new LaneScene(settings ?? Usual);
        scene.Pass(60);
        return scene;
    }

    /// <summary>A lane whose breaker was opened by faults a moment ago.</summary>
    public static LaneScene Broken(LaneSettings? settings = null)
    {
        var scene = Warm(settings);
        scene.Fail(scene.OfferMany(4));
        return scene;
    }

    /// <summary>A lane that may probe.</summary>
    public static LaneScene HalfOpen(LaneSettings? settings = null)
    {
        var scene = Broken(settings);
        scene.Pass(5);
        return scene;
    }

    public int Offer(string merchant = "m", double patience = 100)
    {
        Lane.Offer(++_calls, merchant, Now + Seconds(patience), Now);
        Collect();
        return _calls;
    }

    public int[] OfferMany(int count, string merchant = "m") => [.. Enumerable.Range(0, count).Select(_ => Offer(merchant))];

    public void End(
        int call, CallVerdict verdict = CallVerdict.Success, bool lingers = false, double latencyMs = 10, CallNews news = default)
    {
        Lane.Complete(Permits[call], verdict, lingers, latencyMs, Now, news);
        Collect();
    }

    public void Fail(params int[] calls) => Array.ForEach(calls, call => End(call, CallVerdict.Fault));

    public void Pass(double seconds)
    {
        Now += Seconds(seconds);
        Lane.Advance(Now);
        Collect();
    }

    public void Do(Action<Lane<int>, TimeSpan> change)
    {
        change(Lane, Now);
        Collect();
    }

    private void Collect()
    {
        foreach (var output in Lane.TakeOutputs())
        {
            switch (output)
            {
                case LaneOutput<int>.Waits waits:
                    Assert.True(Waiting.Add(waits.Call));
                    break;
                case LaneOutput<int>.Start start:
                    Assert.Equal(start.Waited is not null, Waiting.Remove(start.Call));
                    Started.Add(start.Call);
                    Permits.Add(start.Call, start.Permit);
                    break;
                case LaneOutput<int>.Refused refused:
                    Waiting.Remove(refused.Call);
                    Refused.Add(refused.Call, refused.Refusal);
                    break;
                case LaneOutput<int>.BreakerChanged changed:
                    Memories.Add(changed.Memory);
                    break;
                case LaneOutput<int>.Closed closed:
                    Closings.Add(closed.For);
                    break;
            }
        }
    }
}
