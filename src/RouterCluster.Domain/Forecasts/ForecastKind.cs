using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    private readonly Dictionary<int, List<(int No, int[] Places)>> _sets = [];
    private int _setCount;

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

    /// <summary>What was chosen already, by what alone the choice depends on.</summary>
    public Dictionary<ForecastDraw, (int Candidate, bool IsByWeight)> Chosen { get; } = [];

    /// <summary>A number that equal sets of places share, and no others.</summary>
    public int SetOf(ReadOnlySpan<int> places)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(places));
        var code = hash.ToHashCode();
        if (!_sets.TryGetValue(code, out var alike))
        {
            _sets[code] = alike = [];
        }

        foreach (var (no, known) in alike)
        {
            if (places.SequenceEqual(known))
            {
                return no;
            }
        }

        alike.Add((_setCount, places.ToArray()));
        return _setCount++;
    }

    public bool IsRated(int place) => _isRated[place];

    public bool IsRated(ForecastChannel channel) => channel.SuccessRate(_product) is not null;
}

/// <param name="Set">Of the channels that take the payment.</param>
/// <param name="Own">The weight of the changed channel, which is a candidate before them; null: it is none.</param>
internal readonly record struct ForecastDraw(IRoutingPolicy Policy, int Set, double? Own, int Number);
