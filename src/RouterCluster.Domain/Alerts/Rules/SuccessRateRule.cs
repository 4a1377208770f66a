using System.Collections.Immutable;

namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>
/// A channel fails so often that chance does not explain it: more than it usually does, or more than <paramref
/// name="lowest"/> allows. Customers' failures count neither way.
/// </summary>
/// <param name="lowest">The share of successes below which a channel is in trouble however usual that is for it, 0–1.</param>
internal sealed class SuccessRateRule(double lowest) : IAlertRule
{
    /// <summary>
    /// For ten seconds, in nats: e^-18 is one in 65 million. A window that is ten times as long is a tenth as many independent
    /// looks, so that the same number of false alarms allows ten times that probability.
    /// </summary>
    private const double Improbable = 18;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>By window: the smallest drop, 0–1, that is worth a page.</summary>
    private static readonly ImmutableDictionary<TimeSpan, double> SmallestDrops = new Dictionary<TimeSpan, double>
    {
        [Shortest] = 0.1,
        [TimeSpan.FromMinutes(1)] = 0.05,
        [TimeSpan.FromMinutes(5)] = 0.0125,
        [TimeSpan.FromMinutes(10)] = 0.01,
    }.ToImmutableDictionary();

    public AlertRule Rule => AlertRule.SuccessRate;

    /// <summary>The statistics need no confirmation.</summary>
    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        where channel.IsInService
        from rate in channel.Rates
        let finding = Look(new AlertSubject { Channel = channel.Channel, Product = rate.Key }, rate.Value)
        where finding is not null
        select finding;

    private Finding? Look(AlertSubject subject, RateFigures rates)
    {
        var usual = Math.Min(rates.Usual, 1 - lowest);
        foreach (var (window, trials) in rates.Windows)
        {
            if (trials.FaultRate - usual >= SmallestDrops[window] && Surprise(trials, usual) >= Needed(window) * rates.Dispersion)
            {
                var success = 1 - trials.FaultRate;
                return Finding.Bad(
                    Rule, subject, success, 1 - usual,
                    $"{success:P1} of {trials.All} payments succeeded in {window.TotalSeconds:F0} s, usually {1 - usual:P1}");
            }
        }

        return HasRecovered(rates, usual) ? null : Finding.Unclear(Rule, subject);
    }

    private static double Needed(TimeSpan window) => Improbable - Math.Log(window / Shortest);

    /// <summary>
    /// Chernoff's bound: so many faults or more have at most the probability e^-n·KL, where KL is the divergence of the two
    /// rates.
    /// </summary>
    /// <remarks>W. Hoeffding, Probability inequalities for sums of bounded random variables, 1963, theorem 1.</remarks>
    private static double Surprise(Trials trials, double usual)
    {
        var rate = trials.FaultRate;
        var hits = rate * Math.Log(rate / usual);
        var misses = rate < 1 ? (1 - rate) * Math.Log((1 - rate) / (1 - usual)) : 0;
        return trials.All * (hits + misses);
    }

    /// <summary>
    /// A few payments prove nothing: the shortest window with enough of them must look usual. Without traffic the alert
    /// stays, because a channel that gets no payments has proved nothing either.
    /// </summary>
    private static bool HasRecovered(RateFigures rates, double usual)
    {
        const int enough = 10;
        return rates.Windows.Where(one => one.Trials.All >= enough)
            .Select(one => one.Trials.FaultRate <= usual + (SmallestDrops[one.Window] / 2)).FirstOrDefault();
    }
}
