using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Counters;

/// <summary>
/// Names that counters have. Merchants can invent banks, and payment companies codes: per day a fixed number of them has
/// counters of its own, those that came first; all others share one.
/// </summary>
/// <param name="mostBanks">Banks a day besides those that channels name.</param>
/// <param name="mostCodes">Codes of one channel a day.</param>
/// <param name="channelsBanks">Banks that the configuration of a channel names.</param>
public sealed class CountedNames(int mostBanks, int mostCodes, IEnumerable<string> channelsBanks)
{
    public const string Other = "other";
    public const string None = "none";
    private const int Longest = 32;

    private readonly HashSet<string> _named = [.. channelsBanks];
    private readonly HashSet<string> _banks = new(StringComparer.Ordinal);
    private readonly Dictionary<ChannelId, HashSet<string>> _codes = [];
    private CounterPeriod _day;

    /// <summary>A later day begins with no names.</summary>
    public void Turn(CounterPeriod day)
    {
        if (day.Start > _day.Start)
        {
            _day = day;
            _banks.Clear();
            _codes.Clear();
        }
    }

    public string Bank(string? bank) => bank is not null && _named.Contains(bank) ? bank : NameOf(bank, _banks, mostBanks);

    public string Code(ChannelId channel, string code)
    {
        if (!_codes.TryGetValue(channel, out var codes))
        {
            codes = new HashSet<string>(StringComparer.Ordinal);
            _codes.Add(channel, codes);
        }

        return NameOf(code, codes, mostCodes);
    }

    private static string NameOf(string? name, HashSet<string> known, int most)
    {
        if (string.IsNullOrEmpty(name))
        {
            return None;
        }

        if (known.Contains(name))
        {
            return name;
        }

        return known.Count < most && IsPlain(name) && known.Add(name) ? name : Other;
    }

    /// <summary>Neither a field's separators nor anything that a reader cannot print.</summary>
    private static bool IsPlain(string name) => name.Length <= Longest
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
