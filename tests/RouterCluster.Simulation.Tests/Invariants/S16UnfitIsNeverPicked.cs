using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>A channel that is disabled or could not take the payment is never picked.</summary>
/// <remarks>Law 1.12.</remarks>
internal static class S16UnfitIsNeverPicked
{
    public static void Chosen(RouteRequest request, RouteDecision.Chosen chosen, ChannelTerms terms)
    {
        if (terms.Mode != request.Mode || !terms.Products.Contains(request.Product)
            || !terms.Currencies.Contains(request.Amount.Currency)
            || request.Amount.Minor < terms.MinAmount || request.Amount.Minor > terms.MaxAmount
            || (!terms.Banks.Contains("*") && (request.Bank is null || !terms.Banks.Contains(request.Bank))))
        {
            throw Violation($"{chosen.Channel} is chosen for a payment that it does not take");
        }

        if (request.Tried.Contains(chosen.Channel))
        {
            throw Violation($"{chosen.Channel} is chosen, and it was tried already");
        }
    }

    /// <summary>Where a choice was made before the router could know, the lane turns it away.</summary>
    public static void CallStarts(LaneFacts facts)
    {
        if (facts.Intake == Intake.Closed)
        {
            throw Violation($"a call starts in {facts.Name}, and the channel is disabled");
        }
    }

    public static void ChosenLongAfterExcluding(ChannelId channel, ExcludedPart part, TimeSpan since) =>
        throw Violation($"{channel} is chosen {since.TotalSeconds:0.0} s after {part.Scope} was excluded");

    public static void ChosenInMaintenance(ChannelId channel, PlannedTime planned, DateTimeOffset now) =>
        throw Violation($"{channel} is chosen at {now:O}, and {planned.Plan} was planned before");

    public static void ChosenLongAfterDisabling(ChannelId channel, TimeSpan since) =>
        throw Violation($"{channel} is chosen {since.TotalSeconds:0.0} s after it was disabled");

    private static InvariantViolation Violation(string what) => new("S16", null, $"unfit is never picked: {what}");
}
