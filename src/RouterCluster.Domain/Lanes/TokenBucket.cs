namespace RouterCluster.Domain.Lanes;

/// <summary>
/// The rate of one lane. It starts empty, so that a new owner adds nothing to what the last one has spent. Throttling
/// by the channel halves the rate in force, which then climbs back in a straight line.
/// </summary>
/// <remarks>Tokens are the exact area under the rate, so it does not matter how often the lane is advanced.</remarks>
internal sealed class TokenBucket(double ratePerSecond, int burst, TimeSpan now)
{
    private const double CutFactor = 0.5;
    private const double RecoverySharePerSecond = 0.05;
    private const double FloorShare = 0.01;
    private const double FloorPerSecond = 0.1;
    private static readonly TimeSpan BetweenCuts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private double _configured = ratePerSecond;
    private int _burst = burst;
    private double _rate = ratePerSecond;
    private double _tokens;
    private TimeSpan _at = now;
    private TimeSpan? _cutAt;

    private double Slope => _configured * RecoverySharePerSecond;

    private double Floor => Math.Min(_configured, Math.Max(FloorPerSecond, _configured * FloorShare));

    public void Advance(TimeSpan now)
    {
        if (now == _at)
        {
            return;
        }

        (_tokens, _rate, _at) = (TokensAt(now), RateAt(now), now);
    }

    public bool HasToken => _tokens >= 1;

    public void Take() => _tokens -= 1;

    public double RateAt(TimeSpan now) => Math.Min(_configured, _rate + (Slope * SecondsUntil(now)));

    public double TokensAt(TimeSpan now)
    {
        var seconds = SecondsUntil(now);
        var climbing = Math.Min(seconds, SecondsToFull(_rate));
        var gained = (_rate * climbing) + (Slope * climbing * climbing / 2) + (_configured * (seconds - climbing));
        return Math.Min(_burst, _tokens + gained);
    }

    /// <summary>When there will be a whole token; null: never.</summary>
    public TimeSpan? NextToken(TimeSpan now)
    {
        var missing = 1 - TokensAt(now);
        if (missing <= 0)
        {
            return now;
        }

        if (_burst < 1 || _configured <= 0)
        {
            return null;
        }

        var wait = SecondsToGain(missing, RateAt(now));
        return now + (wait < LongestWait.TotalSeconds ? RoundUp(wait) : LongestWait);
    }

    /// <summary>The channel said that we are too fast.</summary>
    public void Cut(TimeSpan now)
    {
        if (_cutAt is { } last && now - last < BetweenCuts)
        {
            return;
        }

        Advance(now);
        _rate = Math.Max(Floor, _rate * CutFactor);
        _cutAt = now;
    }

    /// <summary>Adds no tokens; a throttled rate stays throttled.</summary>
    public void Configure(double ratePerSecond, int burst, TimeSpan now)
    {
        Advance(now);
        var isFull = _rate >= _configured;
        _configured = ratePerSecond;
        _burst = burst;
        _rate = isFull ? ratePerSecond : Math.Clamp(_rate, Floor, ratePerSecond);
        _tokens = Math.Min(_tokens, burst);
    }

    // Rounding may make it a tick too early, then the lane asks again; it must not make it late.
    private static TimeSpan RoundUp(double seconds) =>
        TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling((seconds * TimeSpan.TicksPerSecond) - 0.001)));

    private double SecondsUntil(TimeSpan now) => Math.Max(0, (now - _at).TotalSeconds);

    private double SecondsToFull(double rate) => rate < _configured ? (_configured - rate) / Slope : 0;

    private double SecondsToGain(double tokens, double rate)
    {
        var climb = SecondsToFull(rate);
        var gainedClimbing = climb * (rate + _configured) / 2;
        return tokens <= gainedClimbing
            ? 2 * tokens / (rate + Math.Sqrt((rate * rate) + (2 * Slope * tokens)))
            : climb + ((tokens - gainedClimbing) / _configured);
    }
}
