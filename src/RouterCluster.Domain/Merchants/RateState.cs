namespace RouterCluster.Domain.Merchants;

/// <summary>What is left of a merchant's rate, for its own clients.</summary>
/// <param name="Limit">Payments that may come at once when all tokens are there.</param>
/// <param name="Remaining">Payments that may come now.</param>
/// <param name="Reset">Whole seconds, rounded up, until all tokens are there again.</param>
public readonly record struct RateState(int Limit, int Remaining, int Reset)
{
    /// <summary>A bucket holds the tokens of so long.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    /// <summary>Token counts of binary fractions fall just short of whole numbers.</summary>
    private const double Rounding = 1e-6;

    /// <summary>How far from full a bucket may be after one more payment; it holds one token at least.</summary>
    public static TimeSpan MayBeFullIn(double ratePerSecond) =>
        TimeSpan.FromSeconds(Math.Max(Burst.TotalSeconds, 1 / ratePerSecond));

    /// <param name="fullIn">How long until all tokens are there; not positive: they are.</param>
    public static RateState Of(double ratePerSecond, TimeSpan fullIn)
    {
        var (most, missing) = (MayBeFullIn(ratePerSecond), fullIn > TimeSpan.Zero ? fullIn : TimeSpan.Zero);
        return new RateState(
            Whole(most.TotalSeconds * ratePerSecond), Whole((most - missing).TotalSeconds * ratePerSecond),
            (int)Math.Ceiling(missing.TotalSeconds));
    }

    private static int Whole(double tokens) => (int)Math.Clamp(Math.Floor(tokens + Rounding), 0, int.MaxValue);
}
