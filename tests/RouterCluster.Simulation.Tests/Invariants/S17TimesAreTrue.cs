using RouterCluster.Domain.Payments;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// No time of the future is ever stored, however a clock leaps: webhooks would be due later, delays never end, and a day's
/// limits begin too early. Nor one of long ago, by which a limit would be granted again.
/// </summary>
/// <remarks>Law 8.3.</remarks>
internal static class S17TimesAreTrue
{
    /// <summary>The last comparison allowed the one skew, and the wall clock may be off the steady time by the other.</summary>
    private static readonly TimeSpan Ahead = (LifeSettings.MaxClockSkew * 2) + TimeSpan.FromMilliseconds(100);

    /// <summary>A row that hangs, or waits for a book that stands still, is stored long after it was decided.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(10);

    public static void Stored(Life life, PaymentId id, PaymentEvent @event)
    {
        var ahead = @event.At - (LifeSettings.Birth + life.Time.Now);
        if (Node.IsGuarded(life) && (ahead > Ahead || ahead < -Behind))
        {
            throw new InvariantViolation("S17", id, $"times are true: {@event.GetType().Name} is stored {ahead} off the truth");
        }
    }
}
