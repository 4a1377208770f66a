using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>Attempts that ended or began in the time that a forecast looks at.</summary>
/// <param name="Faults">Failures that are the channel's own, not the customers'.</param>
public readonly record struct AttemptCounts(long Attempts, long Succeeded, long Faults)
{
    /// <summary>Null: nothing was decided that says anything of the channel.</summary>
    public double? SuccessRate => Succeeded + Faults > 0 ? Succeeded / (double)(Succeeded + Faults) : null;

    /// <summary>Outcomes that the rate rests on.</summary>
    public long Decided => Succeeded + Faults;

    public static AttemptCounts operator +(AttemptCounts left, AttemptCounts right) =>
        new(left.Attempts + right.Attempts, left.Succeeded + right.Succeeded, left.Faults + right.Faults);
}

/// <summary>A channel as it stands when the forecast is made.</summary>
public sealed record ForecastChannel(
    ChannelId Id, ChannelTerms Terms, ChannelLifecycle Lifecycle, double Weight, LaneReport Submit)
{
    /// <summary>It gets no payments of any bank for now, since it is retired or has asked for a pause.</summary>
    public bool IsPaused { get; init; }

    public MaintenanceEnds Maintenance { get; init; } = MaintenanceEnds.None;

    public ImmutableArray<ExclusionScope> Exclusions { get; init; } = [];

    /// <summary>Null: the counters cannot be read.</summary>
    public ImmutableDictionary<Product, AttemptCounts>? Counts { get; init; }

    public bool IsOpen => !IsPaused && Lifecycle == ChannelLifecycle.Active && Submit.Breaker == BreakerState.Closed;

    public double? SuccessRate(Product product) => Counts?.GetValueOrDefault(product).SuccessRate;

    /// <summary>It takes payments of this one's product, bank, currency and mode, of whatever merchant and amount.</summary>
    public bool TakesKind(RouteRequest request) => IsOpen
        && Terms.WhyUnfit(request.Product, request.Amount with { Minor = Terms.MinAmount }, request.Bank, request.Mode) is null
        && Maintenance.Of(request.Bank) is null;

    /// <summary>It takes this payment if it takes the payment's kind.</summary>
    public bool TakesPayment(RouteRequest request) =>
        Terms.TakesAmount(request.Amount.Minor)
        && (Exclusions.IsEmpty
            || !Exclusions.Any(one => one.Covers(request.Merchant, request.Product, request.Bank, request.Amount.Minor)))
        && (Submit.ClosedParts.IsEmpty || !Submit.ClosedParts.Any(part => Covers(part, request)));

    /// <summary>It takes the merchant's payments of the product, be it only some amounts or banks.</summary>
    public bool Serves(MerchantId merchant, Product product, ChannelMode mode) => IsOpen
        && Terms.Mode == mode && Terms.Products.Contains(product) && Maintenance.All is null
        && !Exclusions.Any(one => one.IsWhole(merchant, product));

    private static bool Covers(ClosedPart part, RouteRequest request) =>
        part.Product == request.Product && part.Bank == request.Bank && request.Amount.Minor >= part.From;
}
