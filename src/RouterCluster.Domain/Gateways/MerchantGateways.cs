using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Gateways;

internal sealed class MerchantGateways(DecisionLimits limits)
{
    private readonly IRouter _router = new SuccessRouter();
    private readonly SegmentIndex _segments = new(limits.Dimensions);
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<(int Open, long Sent)> _counts = [];

    public Segment SegmentOf(string method, string? dimension) => _segments.Of(method, dimension);

    public int? IndexOf(string gateway)
    {
        if (_indexes.TryGetValue(gateway, out var known))
        {
            return known;
        }

        if (_indexes.Count >= limits.Gateways)
        {
            return null;
        }

        _indexes.Add(gateway, _counts.Count);
        _counts.Add(default);
        return _counts.Count - 1;
    }

    public GatewayAnswer? Choose(GatewayQuestion question, double draw, TimeSpan now)
    {
        var candidates = new Candidate[question.Gateways.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            if (IndexOf(question.Gateways[i]) is not { } index)
            {
                return null;
            }

            candidates[i] = new Candidate(ChannelId.Unchecked(question.Gateways[i]), 1, 0, IsProbe: false)
            {
                Index = index,
                InFlight = _counts[index].Open,
            };
        }

        var asked = new RouteQuestion(
            SegmentOf(question.Method, question.Dimension), 0, StableHash.Of(question.Payment), MayExplore: true, draw, now);
        var chosen = _router.Choose(asked, candidates, new double[candidates.Length]);
        var best = candidates.MaxBy(candidate => candidate.Success).Channel.Value;
        return new GatewayAnswer(
            question.Gateways[chosen], best, [.. candidates.Select(candidate => candidate.Success)], IsScored: true);
    }

    public RoutedAttempt Send(int gateway, Segment segment, TimeSpan now)
    {
        var (open, sent) = _counts[gateway];
        _counts[gateway] = (open + 1, sent + 1);
        var attempt = new RoutedAttempt(gateway, segment, sent + 1);
        _router.Dispatched(attempt, now);
        return attempt;
    }

    public void End(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        var (open, sent) = _counts[attempt.Channel];
        _counts[attempt.Channel] = (open - 1, sent);
        _router.Ended(attempt, end, now);
    }

    public void Correct(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now) => _router.Corrected(attempt, truth, now);
}
