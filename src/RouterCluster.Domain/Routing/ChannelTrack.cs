using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing.Learning;

namespace RouterCluster.Domain.Routing;

/// <summary>All that one router knows of one channel.</summary>
internal sealed class ChannelTrack(
    RoutedChannel configured, int index, RoutingLimits limits, SuccessLearner learner, SegmentIndex segments)
{
    private readonly Outstanding _outstanding = new(limits.TransitGrace);
    private readonly LastMinute _lastMinute = new();
    private ChannelReport? _report;
    private TimeSpan _reportedAt;
    private int _chosenSinceReport;

    public ChannelId Id => configured.Id;

    public IEnumerable<Product> Products => configured.Terms.Products;

    private int Capacity => _report is { Submit: var lane } ? lane.Budget + lane.QueueLimit : configured.Capacity;

    private int Reported => _report is { Submit: var lane } ? lane.InFlight + lane.Queue : 0;

    private int Occupancy => Math.Max(_outstanding.Count, Reported);

    private double Weight => _report?.Weight ?? configured.Weight;

    public Exclusion? WhyNever(RouteRequest request) => configured.IsRetired ? Exclusion.Retired : WhyUnfit(request);

    private Exclusion? WhyUnfit(RouteRequest request) =>
        configured.Terms.WhyUnfit(request.Product, request.Amount, request.Bank, request.Mode) switch
        {
            Unfit.Mode => Exclusion.Mode,
            Unfit.Product => Exclusion.Product,
            Unfit.Currency => Exclusion.Currency,
            Unfit.Amount => Exclusion.Amount,
            Unfit.Bank => Exclusion.Bank,
            null => request.Tried.Contains(Id) ? Exclusion.Tried : null,
        };

    public Exclusion? WhyNotNow(MerchantId merchant, TimeSpan now) => Lifecycle(now) switch
    {
        ChannelLifecycle.Disabled => Exclusion.Disabled,
        ChannelLifecycle.Draining => Exclusion.Draining,
        ChannelLifecycle.NoOwner => Exclusion.NoOwner,
        ChannelLifecycle.Retired => Exclusion.Retired,
        ChannelLifecycle.Active => _report!.Submit.Breaker switch
        {
            BreakerState.Isolated => Exclusion.Isolated,
            BreakerState.Open => Exclusion.BreakerOpen,
            BreakerState.HalfOpen when _report.Submit.ProbePermits <= _chosenSinceReport => Exclusion.NoProbe,
            BreakerState.HalfOpen or BreakerState.Closed => HasRoomFor(merchant) ? null : Exclusion.Full,
        },
    };

    public int Index => index;

    public Candidate AsCandidate()
    {
        var lane = _report!.Submit;
        var waiting = Math.Clamp((Occupancy - lane.Budget) / (double)Math.Max(1, lane.QueueLimit), 0, 1);
        return new Candidate(Id, Weight, 0, waiting, lane.Breaker == BreakerState.HalfOpen)
        {
            Index = index,
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

        // An owner that has been silent for so long is none any more, whatever its successor's clock has made of the epoch.
        if (isOlder && now - _reportedAt <= limits.SilentAfter)
        {
            return;
        }

        (_report, _reportedAt, _chosenSinceReport) = (report, now, 0);
        _outstanding.Correct(Reported, now);
        foreach (var signal in report.Signals)
        {
            Learn(signal, now - signal.Age);
            _lastMinute.Ended(signal, now);
        }
    }

    public ChannelStanding Standing(int allChoices, TimeSpan now)
    {
        var (successRate, share) = Standing(null, allChoices, now);
        return new ChannelStanding(
            Id, Lifecycle(now), Weight, successRate, share, _outstanding.Count, Occupancy, Capacity, _report);
    }

    public ProductStanding Standing(Product? product, int allChoices, TimeSpan now) => new(
        _lastMinute.SuccessRate(product, now),
        allChoices == 0 ? 0 : _lastMinute.Choices(product, now) / (double)allChoices);

    private void Learn(SubmitSignal signal, TimeSpan at)
    {
        var attempt = new RoutedAttempt(index, segments.Of(signal.Product.Name(), signal.Bank), signal.Number)
        {
            Source = signal.Source,
        };
        if (signal.Kind == SignalKind.Dispatched || (signal.Kind == SignalKind.Ended && !learner.Knows(attempt)))
        {
            // An end whose dispatch this router did not see is evidence all the same.
            learner.Dispatched(attempt, at);
        }

        switch (signal.Kind)
        {
            case SignalKind.Ended:
                learner.Ended(attempt, AttemptEnds.Of(signal.Verdict, signal.Class), at);
                break;
            case SignalKind.Corrected:
                learner.Corrected(attempt, AttemptEnds.Of(signal.Verdict, signal.Class), at);
                break;
            case SignalKind.Dispatched:
                break;
        }
    }

    private ChannelLifecycle Lifecycle(TimeSpan now) =>
        _report is null || now - _reportedAt > limits.SilentAfter ? ChannelLifecycle.NoOwner : _report.Lifecycle;

    /// <summary>
    /// A full lane turns away the newest of the longest queue, so a merchant below its fair share still gets in. What
    /// other routers have sent counts as one more merchant's. Twice the capacity is the end for everybody.
    /// </summary>
    private bool HasRoomFor(MerchantId merchant)
    {
        var own = _outstanding.Of(merchant);
        var merchants = _outstanding.Merchants + (own == 0 ? 1 : 0) + (Reported > _outstanding.Count ? 1 : 0);
        return Occupancy < Capacity || (Occupancy < 2 * Capacity && own < Math.Max(1, Capacity / merchants));
    }
}
