using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>
/// Mutable, with one owner; deterministic: time comes from the owner's monotonic clock and never goes back, chance comes as
/// a draw in [0, 1).
/// </summary>
public sealed class RoutingTable
{
    private const int ReasonsKept = 3;
    private readonly RoutingLimits _limits;
    private readonly LastMinute _lastMinute = new();
    private readonly SuccessLearner _learner = new(LearningLimits.Default);
    private readonly SegmentIndex _segments;
    private readonly PolicyTallies _tallies = new();

    /// <summary>Also of channels that have left: one that comes back is known, and no other gets its place.</summary>
    private readonly Dictionary<ChannelId, ChannelTrack> _known = [];
    private IReadOnlyDictionary<ChannelId, MaintenanceEnds> _maintenance = ImmutableDictionary<ChannelId, MaintenanceEnds>.Empty;
    private DateTimeOffset _clockBegan;
    private RouteRules _rules;
    private ChannelTrack[] _channels = [];
    private Dictionary<ChannelId, ChannelTrack> _byId = [];

    // Working space for one choice, kept so that a choice allocates nothing but its reasons.
    private ChannelTrack[] _tracks = [];
    private Candidate[] _candidates = [];
    private double[] _scores = [];
    private double[] _shadowScores = [];
    private ExcludedChannel[] _excluded = [];

    public RoutingTable(IReadOnlyList<RoutedChannel> channels, RouteRules rules, RoutingLimits limits)
    {
        (_rules, _limits) = (rules, limits);
        _segments = new SegmentIndex(limits.Segments);
        Configure(channels, rules);
    }

    public IEnumerable<ChannelId> Channels => _channels.Select(track => track.Id);

    /// <summary>What was learned and counted of channels that stay is kept.</summary>
    public void Configure(IReadOnlyList<RoutedChannel> channels, RouteRules rules)
    {
        _rules = rules;
        _channels = [.. channels.Select(TrackOf)];
        _byId = _channels.ToDictionary(track => track.Id);
        _tracks = new ChannelTrack[_channels.Length];
        _candidates = new Candidate[_channels.Length];
        _scores = new double[_channels.Length];
        _shadowScores = new double[_channels.Length];
        _excluded = new ExcludedChannel[_channels.Length];
    }

    /// <summary>The choice counts as outstanding at once, until it is released.</summary>
    /// <remarks>Law 1.12, 7.1.</remarks>
    public RouteDecision Choose(RouteRequest request, double draw, TimeSpan now)
    {
        var rule = _rules.For(request.Merchant, request.Product);
        var policy = rule.PolicyFor(request.PaymentKey);
        var (candidates, excluded, possible) = Sift(request, rule, policy, mayQueue: false, now);
        if (candidates == 0)
        {
            (candidates, excluded, possible) = Sift(request, rule, policy, mayQueue: true, now);
        }

        if (candidates == 0)
        {
            var none = new RouteReasons(policy.Name, draw, [], ImmutableArray.Create(_excluded, 0, excluded));
            return possible == 0
                ? new RouteDecision.NoneEver(none)
                : new RouteDecision.NoneNow(ShortestWait(request, possible, now), none);
        }

        var question = Question(request, rule, draw, now);
        _learner.Rate(question, _candidates.AsSpan(0, candidates));
        var chosen = policy.Choose(question, _candidates.AsSpan(0, candidates), _scores.AsSpan(0, candidates));
        Compare(rule, policy, question, candidates, chosen);
        var scored = Reasons(candidates, chosen);
        var reasons = new RouteReasons(policy.Name, draw, scored, ImmutableArray.Create(_excluded, 0, excluded))
        {
            MoreCandidates = candidates - scored.Length,
        };
        _learner.Chosen(question.Segment, _tracks[chosen].Index);
        _tracks[chosen].Choose(request, now);
        _lastMinute.Choice(request.Product, now);
        return new RouteDecision.Chosen(_tracks[chosen].Id, reasons);
    }

    public void Settle(ChannelId channel, MerchantId merchant, TimeSpan now) =>
        _byId.GetValueOrDefault(channel)?.Settle(merchant);

    /// <summary>Ignores a report that is older than one that came before.</summary>
    public void Fold(ChannelReport report, TimeSpan now) => _byId.GetValueOrDefault(report.Channel)?.Fold(report, now);

    public ChannelStanding Standing(ChannelId channel, TimeSpan now)
    {
        var track = _byId[channel];
        return track.Standing(_lastMinute.Choices(null, now), now) with
        {
            Products = track.Products.ToImmutableDictionary(
                product => product, product => track.Standing(product, _lastMinute.Choices(product, now), now)),
        };
    }

    /// <summary>Catches up with the clock where no payment does, and returns the changes of outages.</summary>
    public IReadOnlyList<OutageChange> LookForOutages(TimeSpan now, DateTimeOffset utcNow)
    {
        _learner.Advance(now);
        return [.. _channels.Select(channel => channel.LookForOutage(now, utcNow)).OfType<OutageChange>()];
    }

    /// <param name="now">The moment <paramref name="utcNow"/> on the owner's monotonic clock.</param>
    public void Maintain(IReadOnlyDictionary<ChannelId, MaintenanceEnds> channels, DateTimeOffset utcNow, TimeSpan now) =>
        (_maintenance, _clockBegan) = (channels, utcNow - now);

    public ImmutableArray<PolicyStanding> PolicyStandings() => _tallies.Standings();

    private ChannelTrack TrackOf(RoutedChannel channel)
    {
        if (_known.TryGetValue(channel.Id, out var track))
        {
            track.Configure(channel);
            return track;
        }

        return _known[channel.Id] = new ChannelTrack(channel, _known.Count, _limits, _learner, _segments);
    }

    private RouteQuestion Question(RouteRequest request, RouteRule rule, double draw, TimeSpan now) =>
        new(
            _segments.Of(request.Product.Name(), request.Bank), request.Amount.Minor, request.CustomerKey,
            rule.MayExplore(request.Amount.Minor), draw, now);

    private void Compare(RouteRule rule, IRoutingPolicy policy, in RouteQuestion question, int candidates, int chosen)
    {
        var role = policy == rule.Policy ? PolicyRole.Active : PolicyRole.Canary;
        _tallies.Decided(policy.Name, role, agreed: true, _candidates[chosen].Success);
        foreach (var shadow in rule.Shadows)
        {
            var other = shadow.Choose(question, _candidates.AsSpan(0, candidates), _shadowScores.AsSpan(0, candidates));
            _tallies.Decided(shadow.Name, PolicyRole.Shadow, other == chosen, _candidates[other].Success);
        }
    }

    /// <returns>In the array candidates stand first; channels that are excluded only for now stand last.</returns>
    private (int Candidates, int Excluded, int Possible) Sift(
        RouteRequest request, RouteRule rule, IRoutingPolicy policy, bool mayQueue, TimeSpan now)
    {
        var (candidates, excluded, possible) = (0, 0, 0);
        foreach (var track in _channels)
        {
            var never = track.WhyNever(request) ?? rule.WhyNot(track.Id, policy);
            var closedUntil = never is null ? MaintenanceEnd(track.Id, request.Bank) : null;
            var reason = never ?? (closedUntil is null ? track.WhyNotNow(request, mayQueue, now) : Exclusion.Maintenance);
            possible += never is null ? 1 : 0;
            if (reason is { } why)
            {
                var no = why == Exclusion.ExcludedByOperator ? track.ExclusionOf(request) : 0;
                _excluded[excluded++] = new ExcludedChannel(track.Id, why, no) { Until = closedUntil };
                if (never is null)
                {
                    _tracks[^(possible - candidates)] = track;
                }
            }
            else
            {
                _tracks[candidates] = track;
                _candidates[candidates++] = track.AsCandidate();
            }
        }

        return (candidates, excluded, possible);
    }

    private DateTimeOffset? MaintenanceEnd(ChannelId channel, string? bank) =>
        _maintenance.TryGetValue(channel, out var ends) ? ends.Of(bank) : null;

    private TimeSpan ShortestWait(RouteRequest request, int possible, TimeSpan now)
    {
        TimeSpan? shortest = null;
        for (var i = 1; i <= possible; i++)
        {
            var track = _tracks[^i];
            var wait = MaintenanceEnd(track.Id, request.Bank) is { } end ? end - _clockBegan - now : track.Wait(request, now);
            shortest = shortest is null || wait < shortest ? wait ?? shortest : shortest;
        }

        return shortest is { } known && known > TimeSpan.Zero ? known : _limits.RetryAfter;
    }

    /// <summary>
    /// The highest scores, equal ones in the order of the configuration; then the chosen one, if it is another.
    /// </summary>
    private ImmutableArray<ScoredChannel> Reasons(int candidates, int chosen)
    {
        Span<int> best = stackalloc int[ReasonsKept + 1];
        var kept = Best(candidates, best[..ReasonsKept]);
        if (!best[..kept].Contains(chosen))
        {
            best[kept++] = chosen;
        }

        var scored = ImmutableArray.CreateBuilder<ScoredChannel>(kept);
        foreach (var i in best[..kept])
        {
            scored.Add(new ScoredChannel(_candidates[i].Channel, _scores[i]));
        }

        return scored.MoveToImmutable();
    }

    private int Best(int candidates, Span<int> best)
    {
        var kept = 0;
        for (var i = 0; i < candidates; i++)
        {
            var place = kept;
            while (place > 0 && _scores[i] > _scores[best[place - 1]])
            {
                place--;
            }

            if (place < best.Length)
            {
                kept = Math.Min(kept + 1, best.Length);
                best[place..(kept - 1)].CopyTo(best[(place + 1)..]);
                best[place] = i;
            }
        }

        return kept;
    }
}
