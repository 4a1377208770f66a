using System.Collections.Frozen;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <param name="Fixed">Minor units.</param>
public readonly record struct ChannelFee(int BasisPoints, long Fixed)
{
    private const double WholeInBasisPoints = 10_000;

    public double Of(long amount) => (amount * BasisPoints / WholeInBasisPoints) + Fixed;
}

/// <summary>
/// The highest expected value: chance of success × what the merchant gains by the payment − the channel's fee. A failure
/// costs the gain, so a cheap channel must be nearly as good as a dear one.
/// </summary>
public sealed class CostAware(string name, ChannelFee margin, FrozenDictionary<ChannelId, ChannelFee> fees) : IRoutingPolicy
{
    public string Name => name;

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var gain = margin.Of(question.Amount);
        for (var i = 0; i < candidates.Length; i++)
        {
            var value = (candidates[i].Success * gain) - fees.GetValueOrDefault(candidates[i].Channel).Of(question.Amount);
            scores[i] = Choice.IsUsable(candidates[i]) ? value : value - (Choice.Unsound * (1 + gain));
        }

        return Choice.Of(question, candidates, scores);
    }
}
