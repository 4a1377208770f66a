using System.Diagnostics;
using System.Globalization;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

/// <summary>The part of a channel that outlives its owner. A null override means that the configuration holds.</summary>
public sealed record ChannelState(
    ChannelLifecycle Lifecycle,
    bool Isolated,
    LaneOverrides Submit,
    LaneOverrides Query,
    double? Weight,
    BreakerMark SubmitBreaker,
    BreakerMark QueryBreaker,
    OperatorChange? Changed)
{
    public static readonly ChannelState Initial = new(
        ChannelLifecycle.Active, false, LaneOverrides.None, LaneOverrides.None, null,
        BreakerMark.Closed, BreakerMark.Closed, null);

    // All orders under way when a channel closes may be answered with the same announcement: it is stored once.
    private static readonly TimeSpan SameWord = TimeSpan.FromSeconds(1);

    /// <summary>As last announced; null also after an operator has enabled the channel.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>As last asked for; null also after an operator has enabled the channel.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public ChannelState Apply(ChannelEvent @event) => @event switch
    {
        ChannelAdjusted adjusted => Without(adjusted.Change.Resets).With(adjusted.Change, adjusted.At),
        BreakerMoved { Lane: ChannelLane.Submit } moved => this with { SubmitBreaker = SubmitBreaker.After(moved) },
        BreakerMoved { Lane: ChannelLane.Query } moved => this with { QueryBreaker = QueryBreaker.After(moved) },
        MaintenanceAnnounced announced => this with { ClosedUntil = announced.Until },
        ThrottleAnnounced announced => this with { PausedUntil = announced.Until },
        _ => throw new UnreachableException($"A channel has no event {@event.GetType().Name}."),
    };

    /// <summary>The event of an announcement; null: it is known or over.</summary>
    /// <param name="longest">Limits the announcement: a mistake of the channel must not take it away for ever.</param>
    public MaintenanceAnnounced? Hear(DateTimeOffset until, DateTimeOffset now, TimeSpan longest)
    {
        var bounded = Bounded(until, now, longest);
        var isKnown = ClosedUntil is { } known && (bounded - known).Duration() < SameWord;
        return bounded > now && !isKnown ? new MaintenanceAnnounced(now, bounded) : null;
    }

    public ThrottleAnnounced? HearPause(DateTimeOffset until, DateTimeOffset now, TimeSpan longest)
    {
        var bounded = Bounded(until, now, longest);
        var isKnown = PausedUntil is { } known && bounded < known + SameWord;
        return bounded > now && !isKnown ? new ThrottleAnnounced(now, bounded) : null;
    }

    private static DateTimeOffset Bounded(DateTimeOffset until, DateTimeOffset now, TimeSpan longest) =>
        until - now > longest ? now + longest : until;

    public double? Override(OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => Submit.Concurrency,
        OverrideKeys.SubmitRatePerSecond => Submit.RatePerSecond,
        OverrideKeys.QueryConcurrency => Query.Concurrency,
        OverrideKeys.QueryRatePerSecond => Query.RatePerSecond,
        OverrideKeys.Weight => Weight,
        OverrideKeys.Lifecycle => Lifecycle == ChannelLifecycle.Active ? null : (int)Lifecycle,
        OverrideKeys.Isolated => Isolated ? 1 : null,
        OverrideKeys.None => null,
    };

    private ChannelState Without(OverrideKeys resets) => this with
    {
        Submit = new LaneOverrides(
            resets.HasFlag(OverrideKeys.SubmitConcurrency) ? null : Submit.Concurrency,
            resets.HasFlag(OverrideKeys.SubmitRatePerSecond) ? null : Submit.RatePerSecond),
        Query = new LaneOverrides(
            resets.HasFlag(OverrideKeys.QueryConcurrency) ? null : Query.Concurrency,
            resets.HasFlag(OverrideKeys.QueryRatePerSecond) ? null : Query.RatePerSecond),
        Weight = resets.HasFlag(OverrideKeys.Weight) ? null : Weight,
    };

    private ChannelState With(ChannelChange change, DateTimeOffset at) => this with
    {
        Lifecycle = change.Lifecycle ?? Lifecycle,
        Isolated = change.Isolated ?? Isolated,
        Submit = Submit.With(change.SubmitConcurrency, change.SubmitRatePerSecond),
        Query = Query.With(change.QueryConcurrency, change.QueryRatePerSecond),
        Weight = change.Weight ?? Weight,
        ClosedUntil = change.Enables ? null : ClosedUntil,
        PausedUntil = change.Enables ? null : PausedUntil,
        Changed = new OperatorChange(at, change.By, OperatorChange.Describe(change), change.Reason),
    };
}

public sealed record LaneOverrides(int? Concurrency, double? RatePerSecond)
{
    public static readonly LaneOverrides None = new(null, null);

    public LaneOverrides With(int? concurrency, double? ratePerSecond) =>
        new(concurrency ?? Concurrency, ratePerSecond ?? RatePerSecond);

    public LaneSettings Over(LaneSettings configured) => configured with
    {
        Concurrency = Concurrency ?? configured.Concurrency,
        RatePerSecond = RatePerSecond ?? configured.RatePerSecond,
    };
}

public sealed record BreakerMark(BreakerState State, DateTimeOffset? OpenUntil)
{
    public static readonly BreakerMark Closed = new(BreakerState.Closed, null);

    /// <summary>Since it was last closed; 0 if an earlier version stored it.</summary>
    public int Openings { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public BreakerMark After(BreakerMoved moved)
    {
        if (moved.State == BreakerState.Closed)
        {
            return Closed;
        }

        var openings = moved.Openings ?? 0;
        return new BreakerMark(moved.State, moved.OpenUntil)
        {
            Openings = openings,
            FailingSince = openings > 0 ? FailingSince ?? moved.At : null,
        };
    }

    /// <summary>A restart proves nothing about a channel: a breaker that was half open probes first.</summary>
    public BreakerMemory ToMemory(bool isIsolated, DateTimeOffset now)
    {
        var rest = OpenUntil is { } until && until > now ? until - now : TimeSpan.Zero;
        return (isIsolated, State) switch
        {
            (true, _) => new BreakerMemory(BreakerState.Isolated, TimeSpan.Zero, Openings),
            (_, BreakerState.Closed) => BreakerMemory.Fresh,
            (_, BreakerState.Open) => new BreakerMemory(BreakerState.Open, rest, Math.Max(1, Openings)),
            _ => new BreakerMemory(BreakerState.HalfOpen, TimeSpan.Zero, Openings),
        };
    }
}

/// <param name="What">For people: <c>disabled</c>, or <c>submit.concurrency=8, weight=2</c>.</param>
public sealed record OperatorChange(DateTimeOffset At, string By, string What, string Reason)
{
    public static string Describe(ChannelChange change) => string.Join(", ", Parts(change).OfType<string>());

    /// <summary>In the longest unit that needs no fraction.</summary>
    private static string Text(TimeSpan time)
    {
        (string Name, TimeSpan Length)[] units =
        [
            ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
            ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
        ];
        var unit = units.First(unit => unit.Name == "ms" || time.Ticks % unit.Length.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{time / unit.Length:0}{unit.Name}");
    }

    private static IEnumerable<string?> Parts(ChannelChange change)
    {
        yield return change.Lifecycle switch
        {
            ChannelLifecycle.Active => "enabled",
            ChannelLifecycle.Disabled => "disabled",
            ChannelLifecycle.Draining => "draining",
            ChannelLifecycle.NoOwner => throw new UnreachableException("No operator can take a channel's owner away."),
            ChannelLifecycle.Retired => throw new UnreachableException("The configuration retires channels, no operator does."),
            null => null,
        };
        foreach (var key in OverrideNames.All)
        {
            if (change.ValueOf(key) is { } value)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{key.Name()}={value}");
            }
            else if (change.Resets.HasFlag(key))
            {
                yield return $"{key.Name()} as configured";
            }
        }

        yield return change.Isolated switch { true => "isolated", false => "no longer isolated", null => null };
        yield return change.Exclude is { } scope
            ? string.Create(CultureInfo.InvariantCulture, $"excluded {change.ExcludeNo} ({scope})")
            : null;
        yield return change.Include is { } no ? string.Create(CultureInfo.InvariantCulture, $"included {no} again") : null;
        yield return change.Plan is { } plan
            ? string.Create(CultureInfo.InvariantCulture, $"maintenance {change.PlanNo} planned ({plan})")
            : null;
        yield return change.Unplan is { } unplanned
            ? string.Create(CultureInfo.InvariantCulture, $"maintenance {unplanned} taken back")
            : null;
        yield return change.For is { } time ? $"for {Text(time)}" : null;
    }
}
