using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Replay;

/// <summary>One router in a replay: it chooses, and learns outcomes when they would have been known.</summary>
internal sealed class RouterRun(IRouter router, ulong seed)
{
    private const double TimeoutSeconds = 30;
    private const long Amount = 10_000;

    private readonly PriorityQueue<Pending, (double At, long Order)> _pending = new();
    private DrawStream _draws = new(seed);
    private Candidate[] _candidates = new Candidate[16];
    private double[] _scores = new double[16];
    private TraceOption[] _options = new TraceOption[16];
    private int[] _inFlight = new int[16];
    private long[] _chosen = new long[16];
    private long _order;

    /// <summary>Sum of the chosen channels' success rates: counts successes with less noise.</summary>
    public double Expected { get; private set; }

    public long Chosen { get; private set; }

    public TimeBins Bins { get; } = new();

    public long ChosenOf(int channel) => channel < _chosen.Length ? _chosen[channel] : 0;

    public void Arrive(in Arrival arrival, IReadOnlyList<ChannelId> channels)
    {
        Learn(arrival.At);
        if (channels.Count > _inFlight.Length)
        {
            Grow(channels.Count);
        }

        var count = Sift(arrival.Flow.Options, channels);
        if (count == 0)
        {
            Bins.Refused(arrival.At);
            return;
        }

        var now = TimeSpan.FromSeconds(arrival.At);
        var question = new RouteQuestion(
            arrival.Flow.Segment, Amount, arrival.Key, MayExplore: true, _draws.NextDouble(), now);
        var place = router.Choose(question, _candidates.AsSpan(0, count), _scores.AsSpan(0, count));
        Send(arrival, _options[place], now);
    }

    public void Learn(double until)
    {
        while (_pending.TryPeek(out var pending, out var due) && due.At <= until)
        {
            _pending.Dequeue();
            var now = TimeSpan.FromSeconds(due.At);
            if (pending.IsTruth)
            {
                router.Corrected(pending.Attempt, pending.End, now);
                continue;
            }

            _inFlight[pending.Attempt.Channel]--;
            router.Ended(pending.Attempt, pending.End, now);
        }
    }

    private int Sift(TraceOption[] options, IReadOnlyList<ChannelId> channels)
    {
        var count = 0;
        foreach (ref readonly var option in options.AsSpan())
        {
            if (_inFlight[option.Channel] < option.Capacity)
            {
                _options[count] = option;
                _candidates[count++] = new Candidate(channels[option.Channel], 1, 0, IsProbe: false)
                {
                    Index = option.Channel,
                    InFlight = _inFlight[option.Channel],
                    Budget = option.Capacity,
                };
            }
        }

        return count;
    }

    private void Send(in Arrival arrival, in TraceOption option, TimeSpan now)
    {
        var attempt = new RoutedAttempt(option.Channel, arrival.Flow.Segment, ++_chosen[option.Channel]);
        _inFlight[option.Channel]++;
        Chosen++;
        Expected += option.Expected;
        Bins.Chosen(arrival.At, option.Channel, option.Expected);
        router.Dispatched(attempt, now);

        var (end, latency) = (arrival.EndAt(option), arrival.LatencyAt(option));
        var isLate = latency > TimeoutSeconds;
        var told = isLate ? AttemptEnd.Unknown : end;
        Await(new Pending(attempt, told, IsTruth: false), arrival.At + Math.Min(latency, TimeoutSeconds));
        if (isLate)
        {
            Await(new Pending(attempt, end, IsTruth: true), arrival.At + latency);
        }
    }

    private void Await(Pending pending, double at) => _pending.Enqueue(pending, (at, _order++));

    private void Grow(int channels)
    {
        var size = Math.Max(channels, 2 * _inFlight.Length);
        Array.Resize(ref _candidates, size);
        Array.Resize(ref _scores, size);
        Array.Resize(ref _options, size);
        Array.Resize(ref _inFlight, size);
        Array.Resize(ref _chosen, size);
    }

    private readonly record struct Pending(RoutedAttempt Attempt, AttemptEnd End, bool IsTruth);
}
