using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing.Learning;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

internal sealed class ChannelTrack
{
    private readonly RoutingLimits _limits;
    private readonly SuccessLearner _learner;
    private readonly SegmentIndex _segments;
    private readonly Outstanding _outstanding;
    private readonly LastMinute _lastMinute;
    private readonly OpenAttempts _open;
    private readonly Dictionary<Product, OutageStanding> _outages = [];
    private RoutedChannel _configured;
    private ChannelReport? _report;
    private TimeSpan _reportedAt;
    private TimeSpan _pausedUntil;
    private int _chosenSinceReport;
    private TimeSpan? _watchedSince;
    private TimeSpan? _ownedUntil;

    public ChannelTrack(
        RoutedChannel configured, int index, RoutingLimits limits, SuccessLearner learner, SegmentIndex segments)
    {
        (_configured, Index, _limits, _learner, _segments) = (configured, index, limits, learner, segments);
        _outstanding = new Outstanding(limits.TransitGrace);
        _lastMinute = new LastMinute();
        _open = new OpenAttempts(_lastMinute);
    }

    public ChannelId Id => _configured.Id;

    public void Configure(RoutedChannel configured)
    {
        _configured = configured;
        foreach (var gone in _outages.Keys.Except(configured.Terms.Products).ToList())
        {
            _outages.Remove(gone);
        }
    }

    public IEnumerable<Product> Products => _configured.Terms.Products;

    private int Capacity => _report is { Submit: var lane } ? lane.Budget + lane.QueueLimit : _configured.Capacity;

    private int Reported => _report is { Submit: var lane } ? lane.InFlight + lane.Queue : 0;

    private int Occupancy => Math.Max(_outstanding.Count, Reported);

    private double Weight => _report?.Weight ?? _configured.Weight;

    public Exclusion? WhyNever(RouteRequest request) => _configured.IsRetired ? Exclusion.Retired : WhyUnfit(request);

    private Exclusion? WhyUnfit(RouteRequest request) =>
        _configured.Terms.WhyUnfit(request.Product, request.Amount, request.Bank, request.Mode) switch
        {
            Unfit.Mode => Exclusion.Mode,
            Unfit.Product => Exclusion.Product,
            Unfit.Currency => Exclusion.Currency,
            Unfit.Amount => Exclusion.Amount,
            Unfit.Bank => Exclusion.Bank,
            null => request.Tried.Contains(Id) ? Exclusion.Tried : null,
        };

    /// <param name="mayQueue">A throttled channel is better than none, as long as its queue is worked off in time.</param>
    public Exclusion? WhyNotNow(RouteRequest request, bool mayQueue, TimeSpan now) => Lifecycle(now) switch
    {
        ChannelLifecycle.Disabled => Exclusion.Disabled,
        ChannelLifecycle.Draining => Exclusion.Draining,
        ChannelLifecycle.NoOwner => Exclusion.NoOwner,
        ChannelLifecycle.Retired => Exclusion.Retired,
        ChannelLifecycle.Active when ExclusionOf(request) > 0 => Exclusion.ExcludedByOperator,
        ChannelLifecycle.Active => _report!.Submit.Breaker switch
        {
            BreakerState.Isolated => Exclusion.Isolated,
            BreakerState.Open => Exclusion.BreakerOpen,
            BreakerState.HalfOpen when _report.Submit.ProbePermits <= _chosenSinceReport => Exclusion.NoProbe,
            BreakerState.HalfOpen or BreakerState.Closed => WhyNotInItsLane(request, mayQueue, now),
        },
    };

    /// <summary>The number of the first exclusion by an operator that covers the payment; 0: none does.</summary>
    public int ExclusionOf(RouteRequest request)
    {
        foreach (var (no, scope) in _report is null ? [] : _report.Exclusions)
        {
            if (scope.Covers(request.Merchant, request.Product, request.Bank, request.Amount.Minor))
            {
                return no;
            }
        }

        return 0;
    }

    private Exclusion? WhyNotInItsLane(RouteRequest request, bool mayQueue, TimeSpan now)
    {
        if (ClosedPart(request, now) is not null)
        {
            return Exclusion.PartClosed;
        }

        if (Throttled(mayQueue, now))
        {
            return Exclusion.Throttled;
        }

        return HasRoomFor(request.Merchant) ? null : Exclusion.Full;
    }

    public TimeSpan? Wait(RouteRequest request, TimeSpan now) => WhyNotNow(request, mayQueue: true, now) switch
    {
        Exclusion.BreakerOpen => _limits.RetryAfterOpenBreakers,
        Exclusion.PartClosed => ClosedPart(request, now),
        Exclusion.Throttled => _pausedUntil > now ? _pausedUntil - now : _limits.RetryAfter,
        Exclusion.Disabled or Exclusion.Draining or Exclusion.Isolated or Exclusion.ExcludedByOperator => null,
        _ => _limits.RetryAfter,
    };

    public int Index { get; }

    public Candidate AsCandidate()
    {
        var lane = _report!.Submit;
        return new Candidate(Id, Weight, 0, lane.Breaker == BreakerState.HalfOpen)
        {
            Index = Index,
            InFlight = Occupancy,
            Budget = lane.Budget,
        };
    }

    public void Choose(RouteRequest request, TimeSpan now)
    {
        _chosenSinceReport++;
        _outstanding.Add(request.Merchant, now);
        _lastMinute.Choice(request.Product, now);
    }

    public void Settle(MerchantId merchant) => _outstanding.Settle(merchant);

    public void Fold(ChannelReport report, TimeSpan now)
    {
        var last = _report;
        var isOlder = last is not null && (report.Epoch, report.Sequence).CompareTo((last.Epoch, last.Sequence)) <= 0;

        // Its owner has been replaced, even if the new owner's epoch is lower because of its clock.
        if (isOlder && now - _reportedAt <= _limits.SilentAfter)
        {
            return;
        }

        (_report, _reportedAt, _chosenSinceReport) = (report, now, 0);
        _ownedUntil = report.NoOwnerSince is null ? now : _ownedUntil;
        _pausedUntil = now + (report.Submit.Throttle?.PausedFor ?? TimeSpan.Zero);
        _outstanding.Correct(Reported, now);
        foreach (var signal in report.Signals)
        {
            Learn(signal, now - signal.Age);
            Count(signal, now);
        }
    }

    public OutageChange? LookForOutage(TimeSpan now, DateTimeOffset utcNow)
    {
        _open.Advance(now);
        var before = WorstLevel();
        foreach (var product in Products)
        {
            var level = Level(product);
            if (level == OutageLevel.None)
            {
                _outages.Remove(product);
            }
            else
            {
                // The moment in the report is older than a router that was restarted.
                var first = _report?.FailingSince ?? utcNow;
                var since = _outages.TryGetValue(product, out var known) && known.Since < first ? known.Since : first;
                _outages[product] = new OutageStanding(level, since);
            }
        }

        var worst = WorstLevel();
        return worst == before ? null : new OutageChange(Id, before, worst);
    }

    public ChannelStanding Standing(int allChoices, TimeSpan now)
    {
        var (successRate, share) = Standing(null, allChoices, now);
        _watchedSince ??= now;
        var hasOwner = _report is { NoOwnerSince: null } && !IsSilent(now);
        return new ChannelStanding(Lifecycle(now), Weight, successRate, share, _outstanding.Count, Occupancy, Capacity)
        {
            NoOwnerFor = hasOwner ? null : now - (_ownedUntil ?? _watchedSince),
        };
    }

    public ProductStanding Standing(Product? product, int allChoices, TimeSpan now) => new(
        _lastMinute.SuccessRate(product, now),
        allChoices == 0 ? 0 : _lastMinute.Choices(product, now) / (double)allChoices)
    {
        Outage = product is { } one && _outages.TryGetValue(one, out var outage) ? outage : null,
    };

    private OutageLevel WorstLevel()
    {
        var worst = OutageLevel.None;
        foreach (var outage in _outages.Values)
        {
            worst = outage.Level > worst ? outage.Level : worst;
        }

        return worst;
    }

    /// <summary>An open breaker is an outage of all products, and lasts until the channel has proved itself.</summary>
    private OutageLevel Level(Product product)
    {
        if (_report is { Submit.HasFailed: true })
        {
            return OutageLevel.Down;
        }

        return _segments.ProductOf(product.Name()) is { } known ? _learner.Level(Index, known) : OutageLevel.None;
    }

    private void Count(SubmitSignal signal, TimeSpan now)
    {
        var end = AttemptEnds.Of(signal.Verdict, signal.Class);
        if (signal.Kind == SignalKind.Dispatched || end is AttemptEnd.Unknown or AttemptEnd.Undecided)
        {
            if (signal.Kind != SignalKind.Corrected)
            {
                _open.Sent(signal.Number, signal.Product, now - signal.Age + _learner.Patience(Index), now);
            }

            return;
        }

        bool? succeeded = end switch
        {
            AttemptEnd.Succeeded => true,
            AttemptEnd.ChannelFault => false,
            _ => null,
        };
        _open.Decided(signal.Number, signal.Product, succeeded, now);
    }

    private TimeSpan? ClosedPart(RouteRequest request, TimeSpan now)
    {
        foreach (var part in _report!.Submit.ClosedParts)
        {
            var left = part.For - (now - _reportedAt);
            if (left > TimeSpan.Zero && part.Product == request.Product && part.Bank == request.Bank
                && request.Amount.Minor >= part.From)
            {
                return left;
            }
        }

        return null;
    }

    /// <summary>
    /// A throttled channel gets as many payments as it takes. If there is no other channel, as many may wait in its queue
    /// as are sent within a second.
    /// </summary>
    private bool Throttled(bool mayQueue, TimeSpan now)
    {
        if (_report!.Submit is not { Throttle: { } throttle } lane)
        {
            return false;
        }

        if (_pausedUntil > now)
        {
            return true;
        }

        var sinceReport = (now - _reportedAt - throttle.PausedFor).TotalSeconds;
        var free = throttle.Tokens + (lane.RatePerSecond * sinceReport) - _chosenSinceReport;
        return mayQueue ? free < 1 - Math.Min(lane.RatePerSecond, lane.QueueLimit) : free < 1;
    }

    private void Learn(SubmitSignal signal, TimeSpan at)
    {
        var attempt = new RoutedAttempt(Index, _segments.Of(signal.Product.Name(), signal.Bank), signal.Number)
        {
            Source = signal.Source,
        };
        if (signal.Kind == SignalKind.Dispatched || (signal.Kind == SignalKind.Ended && !_learner.Knows(attempt)))
        {
            // An end counts even if this router missed its dispatch.
            _learner.Dispatched(attempt, at);
        }

        switch (signal.Kind)
        {
            case SignalKind.Ended:
                _learner.Ended(attempt, AttemptEnds.Of(signal.Verdict, signal.Class), at);
                break;
            case SignalKind.Corrected:
                _learner.Corrected(attempt, AttemptEnds.Of(signal.Verdict, signal.Class), at);
                break;
            case SignalKind.Dispatched:
                break;
        }
    }

    private bool IsSilent(TimeSpan now) => _report is null || now - _reportedAt > _limits.SilentAfter;

    private ChannelLifecycle Lifecycle(TimeSpan now)
    {
        var isWaiting = _report is { NoOwnerSince: not null, Lifecycle: ChannelLifecycle.Active };
        return isWaiting || IsSilent(now) ? ChannelLifecycle.NoOwner : _report!.Lifecycle;
    }

    /// <summary>
    /// A full lane refuses the newest call of the longest line, so a merchant below its fair share still gets in. Other
    /// routers' payments count as one more merchant's; twice the capacity is the limit for all.
    /// </summary>
    private bool HasRoomFor(MerchantId merchant)
    {
        var own = _outstanding.Of(merchant);
        var merchants = _outstanding.Merchants + (own == 0 ? 1 : 0) + (Reported > _outstanding.Count ? 1 : 0);
        return Occupancy < Capacity || (Occupancy < 2 * Capacity && own < Math.Max(1, Capacity / merchants));
    }
}
