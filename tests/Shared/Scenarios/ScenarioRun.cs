using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Testing.Scenarios;

/// <summary>
/// One router against one scenario, payment by payment in virtual time. The same seed brings every router the same
/// payments and the same luck.
/// </summary>
public sealed class ScenarioRun
{
    private const double TimeoutS = 30;
    private static readonly ChannelId[] Ids = [.. Enumerable.Range(0, World.Channels).Select(c => new ChannelId($"c{c:00}"))];
    private readonly Scenario _scenario;
    private readonly IRouter _router;
    private readonly Random _random;
    private readonly Payers _payers;
    private readonly RunFigures _figures;
    private readonly PriorityQueue<Due, double> _due = new();
    private readonly int[] _inFlight = new int[World.Channels];
    private readonly long[] _numbers = new long[World.Channels];
    private readonly Candidate[] _candidates = new Candidate[World.Channels];
    private readonly double[] _scores = new double[World.Channels];

    private ScenarioRun(Scenario scenario, IRouter router, int seed)
    {
        _scenario = scenario;
        _router = router;
        _random = new Random(seed);
        _payers = new Payers(seed);
        _figures = new RunFigures(scenario.Timeline);
    }

    public static RunFigures Of(Scenario scenario, IRouter router, int seed)
    {
        var run = new ScenarioRun(scenario, router, seed);
        var nowS = 0.0;
        while (true)
        {
            nowS += -Math.Log(1 - run._random.NextDouble()) / scenario.World.TotalRate;
            if (nowS >= scenario.Timeline.LengthS)
            {
                return run._figures;
            }

            run.Settle(nowS);
            run.Pay(nowS);
            run.Storm(nowS);
        }
    }

    private void Pay(double nowS)
    {
        // Every payment takes the same numbers from the generator, whoever decides.
        var luck = new Luck(_random);
        var segment = _scenario.World.SegmentAt(luck.Segment);
        var (count, best, isXEligible) = Gather(segment, nowS);
        if (_router is Oracle oracle)
        {
            oracle.LookAt(_scenario, segment, nowS);
        }

        var (chosen, attempt) = Send(segment, count, luck.Draw, _payers.Next(), nowS);
        var success = _scenario.Success(segment, chosen, nowS);
        var customerFault = _scenario.CustomerFault(segment, nowS);
        _figures.Chosen(nowS, chosen == World.X, isXEligible, success, best, 1 - customerFault);
        Schedule(attempt, nowS, customerFault, luck);
    }

    /// <summary>What one merchant sends besides, of few payers, and every channel declines. Nobody counts it.</summary>
    private void Storm(double nowS)
    {
        for (var left = _scenario.Storm(nowS); left > 0; left--)
        {
            var segment = _scenario.World.SegmentAt(_payers.Draw());
            var (count, _, _) = Gather(segment, nowS);
            var source = _payers.NextOfStorm(Scenario.StormPayers);
            var (chosen, attempt) = Send(segment, count, _payers.Draw(), source, nowS);
            var isMislabelled = _payers.Draw() < _scenario.StormMislabelled(chosen);
            var end = isMislabelled ? AttemptEnd.ChannelFault : AttemptEnd.CustomerFault;
            _due.Enqueue(new Due(attempt, end, false), nowS + (_scenario.World.MedianLatency(chosen) * (0.5 + _payers.Draw())));
        }
    }

    private (int Channel, RoutedAttempt Attempt) Send(int segment, int count, double draw, Source source, double nowS)
    {
        var question = new RouteQuestion(
            new Segment(segment, World.Product(segment)), 10_000, 0, true, draw, TimeSpan.FromSeconds(nowS));
        var chosen = _candidates[_router.Choose(question, _candidates.AsSpan(0, count), _scores.AsSpan(0, count))].Index;
        var attempt = new RoutedAttempt(chosen, question.Segment, _numbers[chosen]++) { Source = source };
        _inFlight[chosen]++;
        _router.Dispatched(attempt, question.Now);
        return (chosen, attempt);
    }

    /// <summary>Only channels with room; when there is none, all, and the payment waits in one's queue.</summary>
    private (int Count, double Best, bool IsXEligible) Gather(int segment, double nowS)
    {
        var (free, full, best, isXEligible) = (0, 0, 0.0, false);
        for (var channel = 0; channel < World.Channels; channel++)
        {
            if (_scenario.IsEligible(segment, channel, nowS))
            {
                best = Math.Max(best, _scenario.Success(segment, channel, nowS));
                isXEligible |= channel == World.X;
                free += Add(free, channel, _scenario.Budget(channel));
            }
        }

        for (var channel = 0; channel < World.Channels && free == 0; channel++)
        {
            full += _scenario.IsEligible(segment, channel, nowS) ? Add(full, channel, int.MaxValue) : 0;
        }

        return (free + full, best, isXEligible);
    }

    private int Add(int place, int channel, int budget)
    {
        if (_inFlight[channel] >= budget)
        {
            return 0;
        }

        _candidates[place] = new Candidate(Ids[channel], 1, 1, false)
        {
            Index = channel,
            InFlight = _inFlight[channel],
            Budget = _scenario.Budget(channel),
        };
        return 1;
    }

    private void Schedule(in RoutedAttempt attempt, double nowS, double customerFault, in Luck luck)
    {
        var end = _scenario.End(attempt.Segment.Index, attempt.Channel, nowS, customerFault, luck);
        if (_scenario.Reply(attempt.Channel, nowS) is { } reply)
        {
            Schedule(attempt, nowS, end, reply);
            return;
        }

        var latency = _scenario.Latency(attempt.Channel, nowS, luck.Which, luck.Even, luck.Normal);
        if (latency > TimeoutS)
        {
            _due.Enqueue(new Due(attempt, AttemptEnd.Unknown, false), nowS + TimeoutS);
        }

        _due.Enqueue(new Due(attempt, end, latency > TimeoutS), nowS + latency);
    }

    private void Schedule(in RoutedAttempt attempt, double nowS, AttemptEnd truth, Reply reply)
    {
        _due.Enqueue(new Due(attempt, reply.End, false), nowS + reply.AfterS);
        if (reply.SettlesAfterS is { } later)
        {
            _due.Enqueue(new Due(attempt, truth, true), nowS + later);
        }
    }

    private void Settle(double nowS)
    {
        while (_due.TryPeek(out var due, out var atS) && atS <= nowS)
        {
            _due.Dequeue();
            if (due.IsLate)
            {
                _router.Corrected(due.Attempt, due.End, TimeSpan.FromSeconds(atS));
            }
            else
            {
                _inFlight[due.Attempt.Channel]--;
                _router.Ended(due.Attempt, due.End, TimeSpan.FromSeconds(atS));
            }
        }
    }

    private readonly record struct Due(RoutedAttempt Attempt, AttemptEnd End, bool IsLate);
}
