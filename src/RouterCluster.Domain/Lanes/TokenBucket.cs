namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Starts empty, so that a new owner does not send again the share that its predecessor has used. A channel that refuses
/// calls as too many gets only as many as it lately took, and a few more each second.
/// </summary>
/// <remarks>
/// Tokens are the exact area under the rate, however often the lane is advanced. Measured against companies that take 2 to
/// 40 calls a second and answer after 20 ms to 1 s: of ten calls a second that are taken at most two more are sent, and
/// nine of ten places are used.
/// </remarks>
internal sealed class TokenBucket(double ratePerSecond, int burst, TimeSpan now)
{
    private const double CutFactor = 0.8;
    private const double CarefulGrowth = 0.05;
    private const double FastGrowth = 0.2;
    private const double CarefulS = 10;
    private const double FloorPerSecond = 0.1;

    private const double ThrottledBurstS = 0.2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestOwnPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly SlidingCount _taken = new(TimeSpan.FromSeconds(0.1), 10);
    private double _configured = ratePerSecond;
    private int _burst = burst;
    private double _rate = ratePerSecond;
    private double _tokens;
    private TimeSpan _at = now;
    private TimeSpan _cutAt = TimeSpan.MinValue;
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private int _refusedInARow;

    /// <summary>The channel has refused calls as too many, and has not yet taken the configured rate since.</summary>
    public bool IsThrottledAt(TimeSpan now) => now < _pausedUntil || RateAt(now) < _configured;

    public TimeSpan PausedFor(TimeSpan now) => now < _pausedUntil ? _pausedUntil - now : TimeSpan.Zero;

    public bool HasToken => _tokens >= 1 && _at >= _pausedUntil;

    public void Advance(TimeSpan now)
    {
        if (now != _at)
        {
            (_tokens, _rate, _at) = (TokensAt(now), RateAt(now), now);
        }
    }

    public void Take() => _tokens -= 1;

    /// <summary>The last owner may have used all tokens until a moment ago.</summary>
    public void Empty() => _tokens = Math.Min(_tokens, 0);

    public void Taken(TimeSpan now)
    {
        _refusedInARow = 0;
        _taken.Add(now);
    }

    public double RateAt(TimeSpan now) => Walk(SecondsUntil(now)).Rate;

    /// <remarks>Law 6.5.</remarks>
    public double TokensAt(TimeSpan now)
    {
        var (rate, gained) = Walk(SecondsUntil(now));
        if (_at >= _pausedUntil)
        {
            return Math.Min(BurstAt(rate), _tokens + gained);
        }

        // After a pause one call tries whether the channel takes calls again; a longer pause does not save up more.
        var during = Walk(SecondsUntil(now < _pausedUntil ? now : _pausedUntil)).Gained;
        return Math.Min(BurstAt(rate), Math.Min(Math.Max(1, _tokens), _tokens + during) + gained - during);
    }

    public TimeSpan? NextToken(TimeSpan now)
    {
        var free = now < _pausedUntil ? _pausedUntil : now;
        var missing = 1 - TokensAt(free);
        if (missing <= 0)
        {
            return free;
        }

        if (_burst < 1 || _configured <= 0)
        {
            return null;
        }

        var wait = SecondsToGain(missing, RateAt(free), SecondsSinceCut(free));
        return free + (wait < LongestWait.TotalSeconds ? RoundUp(wait) : LongestWait);
    }

    /// <param name="startedAt">Calls that started before the rate was cut do not count against the lower rate.</param>
    /// <remarks>Law 6.2, 6.3.</remarks>
    public void Refuse(TimeSpan startedAt, TimeSpan? pause, TimeSpan now)
    {
        Advance(now);
        if (pause is { } asked)
        {
            Pause(asked, now);
        }

        if (startedAt < _cutAt)
        {
            return;
        }

        var own = Doubling.Of(FirstPause, _refusedInARow++, LongestOwnPause);
        var taken = _taken.Sum(now);
        var cut = taken > 0 ? CutFactor * Math.Min(_rate, taken) : Math.Min(CutFactor * _rate, 1 / own.TotalSeconds);
        _rate = Math.Min(_configured, Math.Max(FloorPerSecond, cut));
        _tokens = Math.Min(_tokens, BurstAt(_rate));
        _cutAt = now;
        Pause(own, now);
    }

    public void Pause(TimeSpan pause, TimeSpan now) =>
        _pausedUntil = now + pause > _pausedUntil ? now + pause : _pausedUntil;

    public void Resume() => (_pausedUntil, _refusedInARow) = (TimeSpan.MinValue, 0);

    /// <summary>Adds no tokens; a throttled rate stays throttled.</summary>
    public void Configure(double ratePerSecond, int burst, TimeSpan now)
    {
        Advance(now);
        var isFull = _rate >= _configured;
        _configured = ratePerSecond;
        _burst = burst;
        _rate = isFull ? ratePerSecond : Math.Min(_rate, ratePerSecond);
        _tokens = Math.Min(_tokens, BurstAt(_rate));
    }

    // Rounding may wake the lane a tick too early, and then it asks again; it must never wake too late.
    private static TimeSpan RoundUp(double seconds) =>
        TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling((seconds * TimeSpan.TicksPerSecond) - 0.001)));

    private double SecondsUntil(TimeSpan now) => Math.Max(0, (now - _at).TotalSeconds);

    private double SecondsSinceCut(TimeSpan now) =>
        _cutAt == TimeSpan.MinValue ? CarefulS : Math.Max(0, (now - _cutAt).TotalSeconds);

    private double BurstAt(double rate) =>
        rate < _configured ? Math.Min(_burst, Math.Max(1, rate * ThrottledBurstS)) : _burst;

    private (double Rate, double Gained) Walk(double seconds)
    {
        var (rate, gained, sinceCut) = (_rate, 0.0, SecondsSinceCut(_at));
        while (rate < _configured && seconds > 0)
        {
            var phase = Phase.Of(rate, _configured, sinceCut);
            var walked = Math.Min(seconds, phase.Seconds);
            gained += phase.Gain(walked);
            rate = walked < phase.Seconds || !phase.IsLast ? phase.RateAfter(walked) : _configured;
            (seconds, sinceCut) = (seconds - walked, walked < phase.Seconds ? sinceCut + walked : CarefulS);
        }

        return (Math.Min(rate, _configured), gained + (Math.Max(0, seconds) * _configured));
    }

    private double SecondsToGain(double tokens, double rate, double sinceCut)
    {
        var waited = 0.0;
        while (rate < _configured)
        {
            var phase = Phase.Of(rate, _configured, sinceCut);
            var gain = phase.Gain(phase.Seconds);
            if (tokens <= gain)
            {
                return waited + phase.SecondsToGain(tokens);
            }

            (waited, tokens, sinceCut) = (waited + phase.Seconds, tokens - gain, CarefulS);
            rate = phase.IsLast ? _configured : phase.RateAfter(phase.Seconds);
        }

        return waited + (tokens / _configured);
    }

    private readonly record struct Phase(double Rate, double Growth, double Seconds, bool IsLast)
    {
        public static Phase Of(double rate, double configured, double sinceCut)
        {
            var isCareful = sinceCut < CarefulS;
            var growth = isCareful ? CarefulGrowth : FastGrowth;
            var toFull = Math.Log(configured / rate) / growth;
            return isCareful && CarefulS - sinceCut < toFull
                ? new Phase(rate, growth, CarefulS - sinceCut, false)
                : new Phase(rate, growth, toFull, true);
        }

        public double RateAfter(double seconds) => Rate * Math.Exp(Growth * seconds);

        public double Gain(double seconds) => Rate * (Math.Exp(Growth * seconds) - 1) / Growth;

        public double SecondsToGain(double tokens) => Math.Log(1 + (tokens * Growth / Rate)) / Growth;
    }
}
