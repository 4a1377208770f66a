using System.Collections.Immutable;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;

namespace RouterCluster.Domain.Forecasts;

/// <summary>
/// Past payments of one merchant, product, bank, currency and mode, and the choices for them. Draws are spread evenly and without
/// chance, so that the same question has the same answer.
/// </summary>
internal sealed class ForecastGroup(ImmutableArray<ForecastChannel> open)
{
    private const int DrawsOfShare = 256;

    /// <summary>Rounding must not move a payment.</summary>
    private const double Rounding = 1e-9;

    private readonly Candidate[] _candidates = new Candidate[open.Length + 1];
    private readonly double[] _scores = new double[open.Length + 1];
    private int _chosen;
    private int _asked;

    /// <summary>Of every so many payments as many move as the share says, evenly.</summary>
    public bool Moves(double share)
    {
        var before = Math.Floor((_asked * share) + Rounding);
        return Math.Floor((++_asked * share) + Rounding) > before;
    }

    /// <returns>Null: no other channel takes the payment.</returns>
    public (ForecastChannel Channel, bool IsByWeight)? Choose(RouteRequest request, RouteRule rule)
    {
        var policy = rule.PolicyFor(request.PaymentKey);
        ForecastChannel[] able = [.. open.Where(one => one.Takes(request) && rule.WhyNot(one.Id, policy) is null)];
        if (able.Length == 0)
        {
            return null;
        }

        var isByWeight = able.Any(one => one.SuccessRate(request.Product) is null);
        return (able[Choose(able, request, policy, Draw(_chosen++), isByWeight)], isByWeight);
    }

    /// <summary>The share of such payments that the channel gets among all that are open, 0-1, with the weight given.</summary>
    public double ShareOf(ForecastChannel channel, double weight, RouteRequest request, RouteRule rule)
    {
        var policy = rule.PolicyFor(request.PaymentKey);
        ForecastChannel[] able =
        [
            channel with { Weight = weight },
            .. open.Where(one => one.Takes(request) && rule.WhyNot(one.Id, policy) is null),
        ];
        var isByWeight = able.Any(one => one.SuccessRate(request.Product) is null);
        return Enumerable.Range(0, DrawsOfShare)
            .Count(draw => Choose(able, request, policy, Draw(draw), isByWeight) == 0) / (double)DrawsOfShare;
    }

    private int Choose(ForecastChannel[] able, RouteRequest request, IRoutingPolicy policy, double draw, bool isByWeight)
    {
        var candidates = _candidates.AsSpan(0, able.Length);
        if (isByWeight)
        {
            ByWeight(able, candidates, draw);
        }
        else
        {
            BySuccess(able, candidates, request, draw);
        }

        // Nobody explores in a forecast.
        var question = new RouteQuestion(
            new Segment(0, 0), request.Amount.Minor, request.CustomerKey, MayExplore: false, draw, TimeSpan.Zero);
        return policy.Choose(question, candidates, _scores.AsSpan(0, able.Length));
    }

    /// <summary>All are taken for equally good; a policy that goes by success takes the one that the weights draw.</summary>
    private static void ByWeight(ForecastChannel[] able, Span<Candidate> candidates, double draw)
    {
        var place = draw * able.Sum(one => one.Weight);
        var isDrawn = false;
        for (var i = 0; i < able.Length; i++)
        {
            var isHere = !isDrawn && (place < able[i].Weight || i == able.Length - 1);
            isDrawn |= isHere;
            place -= able[i].Weight;
            candidates[i] = new Candidate(able[i].Id, able[i].Weight, Success: 1, IsProbe: false) { Score = isHere ? 1 : 0 };
        }
    }

    /// <summary>As routing does: the rate, and a chance as large as the doubt about it.</summary>
    private static void BySuccess(ForecastChannel[] able, Span<Candidate> candidates, RouteRequest request, double draw)
    {
        var noise = new DrawStream(draw);
        for (var i = 0; i < able.Length; i++)
        {
            var counts = able[i].Counts![request.Product];
            var rate = counts.SuccessRate!.Value;
            var doubt = CandidateRating.DoubtOf(rate, rate, Math.Min(counts.Decided, LearningLimits.Default.MostOutcomes));
            candidates[i] = new Candidate(able[i].Id, able[i].Weight, rate, IsProbe: false)
            {
                Doubt = doubt, Score = rate + (LearningLimits.Default.Noise * doubt * Math.Clamp(noise.NextNormal(), -2, 2)),
            };
        }
    }

    /// <summary>0, 1/2, 1/4, 3/4, 1/8 and so on: any number of them lies evenly in [0, 1).</summary>
    private static double Draw(int number)
    {
        var (draw, part) = (0.0, 0.5);
        for (; number > 0; number /= 2, part /= 2)
        {
            draw += number % 2 * part;
        }

        return draw;
    }
}
