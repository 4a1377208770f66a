using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>One decision among thirty candidates, and one attempt's dispatch and end, after a warm history.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private const int Channels = 30;
    private const int Segments = 50;
    private const int History = 100_000;
    private readonly SuccessRouter _router = new();
    private readonly double[] _scores = new double[Channels];
    private Candidate[] _candidates = [];
    private long _number;

    internal static Suite Suite { get; } = new(
        "decisions", "one decision among 30 candidates, time and allocations", IsDefault: false,
        _ => Task.Run(() => BenchmarkRunner.Run<DecisionBenchmarks>()));

    [GlobalSetup]
    public void Setup()
    {
        _candidates = [.. Enumerable.Range(0, Channels).Select(
            i => new Candidate(new ChannelId($"c{i}"), 1, 0, false) { Index = i })];
        for (var i = 0; i < History; i++)
        {
            DispatchAndEnd();
        }
    }

    [Benchmark]
    public int Decide() => _router.Choose(Question(), _candidates, _scores);

    [Benchmark]
    public void DispatchAndEnd()
    {
        _number++;
        var attempt = new RoutedAttempt((int)(_number % Channels), Question().Segment, _number);
        _router.Dispatched(attempt, Question().Now);
        _router.Ended(attempt, _number % 11 == 0 ? AttemptEnd.ChannelFault : AttemptEnd.Succeeded, Question().Now);
    }

    private RouteQuestion Question() => new(
        new Segment((int)(_number % Segments), 0), 10_000, 0, true, _number % 4093 / 4093.0, TimeSpan.FromMilliseconds(_number));
}
