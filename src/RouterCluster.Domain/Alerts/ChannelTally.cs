using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>Attempts of one kind that ended on one node within a moment.</summary>
/// <param name="Verdict">How they count for the channel's health.</param>
/// <param name="Code">The channel's, or ours in lower case.</param>
public sealed record EndedAttempts(
    ChannelId Channel, Product Product, OutcomeClass Class, CallVerdict Verdict, string Code, int Count);

/// <summary>What rules need to know of one channel's ended attempts, of all nodes.</summary>
public sealed class ChannelTally
{
    /// <summary>A channel that makes up codes without end must not fill the memory; more codes are not judged.</summary>
    private const int MostCodes = 64;

    /// <summary>Six windows of codes are learnt by then.</summary>
    private static readonly TimeSpan NewFor = TimeSpan.FromMinutes(30);

    private const string ServerError = "http_5";

    private static readonly ImmutableHashSet<string> NetworkCodes =
        ["timeout", "connection_lost", "call_broken", CallCodes.NotConnected];

    private readonly Dictionary<Product, ChannelTrials> _trials = [];
    private readonly Dictionary<string, CodeTally> _codes = [];
    private readonly SlidingCount _ended = new(TimeSpan.FromSeconds(1), 60);
    private readonly SlidingCount _network = new(TimeSpan.FromSeconds(1), 60);
    private readonly SlidingCount _endedInFive = new(CodeTally.Slot, CodeTally.Slots);
    private TimeSpan? _began;

    public void Count(EndedAttempts ended, TimeSpan now)
    {
        _began ??= now;
        _ended.Add(now, ended.Count);
        _endedInFive.Add(now, ended.Count);
        var isFault = ended.Class.IsChannels() || ended.Class == OutcomeClass.Unknown;
        if (ended.Verdict == CallVerdict.Success)
        {
            TrialsOf(ended.Product).Count(new Trials(ended.Count, 0), now);
        }
        else if (isFault && ended.Class != OutcomeClass.ChannelMaintenance)
        {
            TrialsOf(ended.Product).Count(new Trials(0, ended.Count), now);
        }

        if (IsOfTheNetwork(ended))
        {
            _network.Add(now, ended.Count);
        }

        if (isFault || IsUnusual(ended.Class))
        {
            CountCode(ended, now);
        }
    }

    public ChannelFigures Fill(ChannelFigures figures, TimeSpan now)
    {
        var isNew = now - (_began ?? now) < NewFor;
        var codes = _codes.Select(code => (code.Value.IsUnusual, Figures: new CodeFigures(
            code.Key, code.Value.InFiveMinutes(now), code.Value.Usual(_endedInFive.Sum(now), isNew))))
            .Where(code => code.Figures.Count > 0).ToList();
        return figures with
        {
            Rates = _trials.ToImmutableDictionary(trials => trials.Key, trials => trials.Value.Read(now)),
            EndedInMinute = _ended.Sum(now),
            NetworkFaultsInMinute = _network.Sum(now),
            UnusualCodes = [.. codes.Where(code => code.IsUnusual).Select(code => code.Figures)],
            Codes = [.. codes.Where(code => !code.IsUnusual).Select(code => code.Figures)],
        };
    }

    /// <summary>Not an answer that was read and is wrong.</summary>
    private static bool IsOfTheNetwork(EndedAttempts ended) => ended.Class == OutcomeClass.ChannelUnreachable
        || (ended.Class == OutcomeClass.Unknown
            && (NetworkCodes.Contains(ended.Code) || ended.Code.StartsWith(ServerError, StringComparison.Ordinal)));

    /// <summary>Our credentials or our request are wrong, which no customer and no network causes.</summary>
    private static bool IsUnusual(OutcomeClass @class) => @class is OutcomeClass.ChannelConfig or OutcomeClass.OurRequest;

    private ChannelTrials TrialsOf(Product product)
    {
        if (!_trials.TryGetValue(product, out var trials))
        {
            trials = new ChannelTrials();
            _trials.Add(product, trials);
        }

        return trials;
    }

    private void CountCode(EndedAttempts ended, TimeSpan now)
    {
        if (!_codes.TryGetValue(ended.Code, out var tally))
        {
            Forget(now);
            if (_codes.Count >= MostCodes)
            {
                return;
            }

            tally = new CodeTally(IsUnusual(ended.Class));
            _codes.Add(ended.Code, tally);
        }

        tally.Add(ended.Count, now);
    }

    private void Forget(TimeSpan now)
    {
        if (_codes.Count >= MostCodes)
        {
            foreach (var code in _codes.Where(code => code.Value.IsForgotten(now)).Select(code => code.Key).ToList())
            {
                _codes.Remove(code);
            }
        }
    }
}
