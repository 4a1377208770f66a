using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>Traffic of channels and looks of the rules, one second at a time.</summary>
internal sealed class AlertScene
{
    public static readonly ChannelId Alpha = new("alpha");
    public static readonly ChannelId Bravo = new("bravo");

    public static readonly AlertPolicy Policy = new(
        LowestSuccess: 0.9, LongestUnknown: TimeSpan.FromMinutes(10), LongestWait: TimeSpan.FromMinutes(30),
        LongestCommit: TimeSpan.FromMilliseconds(500), LongestSilence: TimeSpan.FromMinutes(1), MostTries: 5,
        MostAmount: 1_000_000, ClearAfter: TimeSpan.FromMinutes(1));

    private static readonly DateTimeOffset Start = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private readonly AlertList _list = Policy.NewList();
    private readonly Random _random;
    private readonly ImmutableDictionary<ChannelId, ChannelTally> _tallies;
    private readonly VolumeTally _volumes = new();
    private TimeSpan _now = TimeSpan.FromHours(1);

    public AlertScene(int seed, params ChannelId[] channels)
    {
        _random = new Random(seed);
        _tallies = channels.ToImmutableDictionary(channel => channel, _ => new ChannelTally());
        Figures = new AlertFigures(Start) { Channels = [.. channels.Select(Healthy)] };
    }

    public AlertFigures Figures { get; set; }

    public TimeSpan Now => _now;

    public DateTimeOffset At => Start + _now;

    public IReadOnlyCollection<Alert> Alerts => _list.Alerts;

    public static ChannelFigures Healthy(ChannelId channel) => new(channel, ChannelLifecycle.Active, default) { Budget = 16 };

    public void Ends(ChannelId channel, OutcomeClass @class, string code = "", int count = 1)
    {
        var outcome = new Outcome(@class, @class == OutcomeClass.Unknown ? Landing.Maybe : Landing.NotLanded, code);
        _tallies[channel].Count(
            new EndedAttempts(channel, Product.Withhold, @class, outcome.Verdict(), code, count), _now);
    }

    /// <summary>Of about <paramref name="rate"/> attempts a second, the share <paramref name="faults"/> fails.</summary>
    public void Traffic(
        ChannelId channel, double rate, double faults, OutcomeClass fault = OutcomeClass.ChannelConfig, string code = "96")
    {
        var attempts = (int)rate + (_random.NextDouble() < rate - Math.Floor(rate) ? 1 : 0);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var isFault = _random.NextDouble() < faults;
            Ends(channel, isFault ? fault : OutcomeClass.Success, isFault ? code : "00");
        }
    }

    /// <summary>In four earlier weeks about as many payments of the product were taken.</summary>
    /// <param name="perSecond">By the time of the week, as the time since <see cref="Start"/>.</param>
    public void Knows(Product product, Func<TimeSpan, double> perSecond)
    {
        var first = (Start.ToUnixTimeSeconds() / 900) - UsualVolume.QuartersOfWeek;
        _volumes.Recover(Enumerable.Range(0, UsualVolume.QuartersOfWeek).Select(quarter => new UsualVolume(
            product, first + quarter,
            [.. Enumerable.Range(0, 4).Select(_ => Poisson(900 * perSecond(TimeSpan.FromMinutes((15 * quarter) + 7.5))))])));
    }

    /// <summary>About so many payments are taken.</summary>
    public void Takes(Product product, double mean) => Takes(product, payments: Poisson(mean));

    public void Takes(Product product, int payments) => _volumes.Count(new TakenPayments(product, payments), At);

    /// <summary>From 0 up to 1.</summary>
    public double Draw() => _random.NextDouble();

    /// <summary>A sum of exponential waits for few, a normal variable for many.</summary>
    public int Poisson(double mean)
    {
        if (mean > 50)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var count = 0;
        for (var left = mean + Math.Log(1 - _random.NextDouble()); left > 0; left += Math.Log(1 - _random.NextDouble()))
        {
            count++;
        }

        return count;
    }

    public IReadOnlyList<AlertChange> Look(TimeSpan step)
    {
        _now += step;
        return _list.Look(Figures with
        {
            At = At,
            Volumes = [.. Figures.Volumes, .. _volumes.Read(At, Figures.AreComplete)],
            Channels = [.. Figures.Channels.Select(channel => _tallies[channel.Channel].Fill(channel, _now))],
        });
    }

    public Alert? Mute(string id, AlertMute? mute) => _list.Mute(id, mute);

    public void Change(Func<ChannelFigures, ChannelFigures> change) => Figures = Figures with
    {
        Channels = [change(Figures.Channels[0]), .. Figures.Channels[1..]],
    };

    /// <summary>The time until the rule raises an alert, or null if it does not within the limit.</summary>
    public TimeSpan? UntilRaised(AlertRule rule, TimeSpan limit, Action<AlertScene> eachSecond)
    {
        var start = _now;
        while (_now - start < limit)
        {
            eachSecond(this);
            if (Look(TimeSpan.FromSeconds(1)).Any(change => change.Kind == AlertChangeKind.Raised && change.Alert.Rule == rule))
            {
                return _now - start;
            }
        }

        return null;
    }
}
