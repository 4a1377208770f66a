using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay;

/// <summary>
/// Replays recorded traffic with other routers. Holds only one bucket's rows and the payments in flight, so that a trace
/// may have any length.
/// </summary>
public sealed class TraceReplay
{
    // A thousand years: a time farther from the first row is not in seconds.
    private const double LongestTraceS = 3.2e10;

    private readonly TraceNames _names = new();
    private readonly TraceBucket _bucket;
    private readonly RouterRun[] _runs;
    private readonly IReadOnlyList<(string Name, IRouter Router)> _routers;
    private readonly PriorityQueue<SegmentFlow, (double At, long Order)> _flows = new();
    private DrawStream _draws;
    private double? _origin;
    private long _order;
    private long _arrivals;
    private double _oracle;

    /// <param name="seed">Of all random draws: the same seed gives the same report.</param>
    public TraceReplay(IReadOnlyList<(string Name, IRouter Router)> routers, long seed)
    {
        _routers = routers;
        _bucket = new TraceBucket(_names);
        _runs = [.. routers.Select(one => new RouterRun(one.Router, StableHash.Of(one.Name, (ulong)seed)))];
        _draws = new DrawStream(StableHash.Of("arrivals", (ulong)seed));
    }

    /// <param name="line">The row's line, for error messages.</param>
    /// <exception cref="TraceFormatException">The row contradicts those before it.</exception>
    public void Add(in TraceRow row, long line)
    {
        if (_origin is null)
        {
            _origin = row.Start;
            _bucket.Begin(row.Start);
        }
        else if (row.Start < _bucket.Start)
        {
            throw new TraceFormatException(line, "bucket_start_s is before the line above; rows are sorted by time");
        }
        else if (row.Start > _bucket.Start)
        {
            StartFlows();
            Run(row.Start - _origin.Value);
            _bucket.Begin(row.Start);
        }

        if (row.Start + row.Length - _origin.Value > LongestTraceS)
        {
            throw new TraceFormatException(line, "the bucket ends a thousand years after the first one began; times are seconds");
        }

        _bucket.Add(row, line);
    }

    public ReplayReport Finish()
    {
        StartFlows();
        Run(double.PositiveInfinity);
        foreach (var run in _runs)
        {
            run.Learn(double.PositiveInfinity);
        }

        var oracle = _arrivals == 0 ? 0 : _oracle / _arrivals;
        return new ReplayReport(
            _arrivals, oracle, [.. _names.Channels.Select(channel => channel.Value)],
            [.. _runs.Select((run, place) => Result(_routers[place].Name, run, oracle))]);
    }

    private RouterResult Result(string name, RouterRun run, double oracle)
    {
        var success = _arrivals == 0 ? 0 : run.Expected / _arrivals;
        var shares = _names.Channels.Select((_, channel) => run.Chosen == 0 ? 0 : run.ChosenOf(channel) / (double)run.Chosen);
        return new RouterResult(name, success, oracle > 0 ? (oracle - success) / oracle : 0, [.. shares], run.Bins);
    }

    private void StartFlows()
    {
        foreach (var flow in _bucket.Flows(_origin ?? 0))
        {
            Await(flow);
        }
    }

    private void Run(double until)
    {
        while (_flows.TryPeek(out var flow, out var due) && due.At < until)
        {
            _flows.Dequeue();
            var arrival = Arrival.Draw(flow, due.At, ref _draws);
            _arrivals++;
            _oracle += flow.Best;
            foreach (var run in _runs)
            {
                run.Arrive(arrival, _names.Channels);
            }

            Await(flow);
        }
    }

    private void Await(SegmentFlow flow)
    {
        if (flow.Next(ref _draws) is { } at)
        {
            _flows.Enqueue(flow, (at, _order++));
        }
    }
}
