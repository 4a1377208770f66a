using System.Collections.Immutable;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>The channels that take payments of one product, bank, currency and mode where merchant and amount fit too.</summary>
internal sealed class ForecastKind
{
    private readonly Product _product;
    private readonly ImmutableArray<ForecastChannel> _channels;
    private readonly Candidate[] _candidates;
    private readonly bool[] _isRated;

    /// <param name="like">Any payment of the kind.</param>
    public ForecastKind(IEnumerable<ForecastChannel> open, RouteRequest like)
    {
        _product = like.Product;
        _channels = [.. open.Where(one => one.TakesKind(like))];
        _candidates = [.. _channels.Select(CandidateOf)];
        _isRated = [.. _channels.Select(IsRated)];
    }

    public ImmutableArray<ForecastChannel> Channels => _channels;

    /// <summary>With the same places as the channels; without scores.</summary>
    public ReadOnlySpan<Candidate> Candidates => _candidates;

    /// <summary>Its success is 0 where no rate is known.</summary>
    public Candidate CandidateOf(ForecastChannel channel)
    {
        if (channel.Counts?.GetValueOrDefault(_product) is not { SuccessRate: { } rate } counts)
        {
            return new Candidate(channel.Id, channel.Weight, Success: 0, IsProbe: false);
        }

        var doubt = CandidateRating.DoubtOf(rate, rate, Math.Min(counts.Decided, LearningLimits.Default.MostOutcomes));
        return new Candidate(channel.Id, channel.Weight, rate, IsProbe: false) { Doubt = doubt };
    }

    public bool IsRated(int place) => _isRated[place];

    public bool IsRated(ForecastChannel channel) => channel.SuccessRate(_product) is not null;
}
