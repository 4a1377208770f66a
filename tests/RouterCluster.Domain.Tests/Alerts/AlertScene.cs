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

    public IReadOnlyList<AlertChange> Look(TimeSpan step)
    {
        _now += step;
        return _list.Look(Figures with
        {
            At = At,
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
