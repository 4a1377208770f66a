using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Routing.Policies;

namespace RouterCluster.Domain.Forecasts;

/// <summary>
/// Past payments of one merchant, product, bank, currency and mode, and the choices for them. Draws are spread evenly and without
/// chance, so that the same question has the same answer.
/// </summary>
internal sealed class ForecastGroup(ForecastKind kind, RouteRule rule, ForecastBuffers buffers)
{
    private const int DrawsOfShare = 256;

    /// <summary>Rounding must not move a payment.</summary>
    private const double Rounding = 1e-9;

    private readonly Lazy<int[]> _ofPolicy = new(() => Allowed(kind, rule, rule.Policy));
    private readonly Lazy<int[]> _ofCanary = new(() => Allowed(kind, rule, rule.Canary!));
    private int _chosen;
    private int _asked;

    /// <summary>Of every so many payments as many move as the share says, evenly.</summary>
    public bool Moves(double share)
    {
        var before = Math.Floor((_asked * share) + Rounding);
        return Math.Floor((++_asked * share) + Rounding) > before;
    }

    /// <returns>Null: no other channel takes the payment.</returns>
    public (ForecastChannel Channel, bool IsByWeight)? Choose(RouteRequest request)
    {
        var policy = rule.PolicyFor(request.PaymentKey);
        var able = Able(request, policy);
        if (able.IsEmpty)
        {
            return null;
        }

        var (candidate, isByWeight) = Choose(able, null, request, policy, _chosen++);
        return (kind.Channels[able[candidate]], isByWeight);
    }

    /// <summary>The share of such payments that the channel gets among all that are open, 0-1, with the weight given.</summary>
    public double ShareOf(ForecastChannel channel, double weight, RouteRequest request)
    {
        var policy = rule.PolicyFor(request.PaymentKey);
        var able = Able(request, policy);
        var (own, chosen) = (channel with { Weight = weight }, 0);
        for (var draw = 0; draw < DrawsOfShare; draw++)
        {
            chosen += Choose(able, own, request, policy, draw).Candidate == 0 ? 1 : 0;
        }

        return chosen / (double)DrawsOfShare;
    }

    private static int[] Allowed(ForecastKind kind, RouteRule rule, IRoutingPolicy policy) =>
        [.. Enumerable.Range(0, kind.Channels.Length).Where(place => rule.WhyNot(kind.Channels[place].Id, policy) is null)];

    /// <summary>The places of the channels that take the payment; until the next call.</summary>
    private ReadOnlySpan<int> Able(RouteRequest request, IRoutingPolicy policy)
    {
        var count = 0;
        foreach (var place in policy == rule.Policy ? _ofPolicy.Value : _ofCanary.Value)
        {
            if (kind.Channels[place].TakesPayment(request))
            {
                buffers.Able[count++] = place;
            }
        }

        return buffers.Able.AsSpan(0, count);
    }

    private bool HasUnrated(ReadOnlySpan<int> able)
    {
        foreach (var place in able)
        {
            if (!kind.IsRated(place))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The groups of a kind draw the same numbers. Where a policy looks at nothing but candidates and draw, the first group's
    /// choice is the others' too.
    /// </summary>
    /// <param name="own">A candidate before the others; null: there is none.</param>
    private (int Candidate, bool IsByWeight) Choose(
        ReadOnlySpan<int> able, ForecastChannel? own, RouteRequest request, IRoutingPolicy policy, int draw)
    {
        var isShared = policy is SuccessRate or Weighted;
        var key = isShared ? new ForecastDraw(policy, kind.SetOf(able), own?.Weight, draw) : default;
        if (isShared && kind.Chosen.TryGetValue(key, out var known))
        {
            return known;
        }

        var isByWeight = (own is not null && !kind.IsRated(own)) || HasUnrated(able);
        var choice = (Choose(able, own, request, policy, Draw(draw), isByWeight), isByWeight);
        if (isShared)
        {
            kind.Chosen[key] = choice;
        }

        return choice;
    }

    private int Choose(
        ReadOnlySpan<int> able, ForecastChannel? own, RouteRequest request, IRoutingPolicy policy, double draw, bool isByWeight)
    {
        var count = 0;
        if (own is not null)
        {
            buffers.Candidates[count++] = kind.CandidateOf(own);
        }

        foreach (var place in able)
        {
            buffers.Candidates[count++] = kind.Candidates[place];
        }

        var candidates = buffers.Candidates.AsSpan(0, count);
        if (isByWeight)
        {
            ByWeight(candidates, draw);
        }
        else
        {
            BySuccess(candidates, buffers.NoiseOf(draw));
        }

        // Nobody explores in a forecast.
        var question = new RouteQuestion(
            new Segment(0, 0), request.Amount.Minor, request.CustomerKey, MayExplore: false, draw, TimeSpan.Zero);
        return policy.Choose(question, candidates, buffers.Scores.AsSpan(0, count));
    }

    /// <summary>All are taken for equally good; a policy that goes by success takes the one that the weights draw.</summary>
    private static void ByWeight(Span<Candidate> candidates, double draw)
    {
        var all = 0.0;
        foreach (ref readonly var candidate in candidates)
        {
            all += candidate.Weight;
        }

        var (place, isDrawn) = (draw * all, false);
        for (var i = 0; i < candidates.Length; i++)
        {
            var (channel, weight) = (candidates[i].Channel, candidates[i].Weight);
            var isHere = !isDrawn && (place < weight || i == candidates.Length - 1);
            isDrawn |= isHere;
            place -= weight;
            candidates[i] = new Candidate(channel, weight, Success: 1, IsProbe: false) { Score = isHere ? 1 : 0 };
        }
    }

    /// <summary>As routing does: the rate, and a chance as large as the doubt about it.</summary>
    private static void BySuccess(Span<Candidate> candidates, double[] noise)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var candidate = ref candidates[i];
            candidate = candidate with
            {
                Score = candidate.Success + (LearningLimits.Default.Noise * candidate.Doubt * noise[i]),
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
