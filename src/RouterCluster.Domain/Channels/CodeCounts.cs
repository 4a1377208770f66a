namespace RouterCluster.Domain.Channels;

/// <summary>
/// How often each code was answered. A company can make up codes without end, so only the most frequent ones are told
/// apart: a newcomer takes the place of the rarest when it has come more often. Whatever is not told apart is one sum.
/// </summary>
/// <param name="most">How many codes are told apart.</param>
/// <param name="always">Codes that never lose their place.</param>
public sealed class CodeCounts(int most, IReadOnlySet<string> always)
{
    public const string Other = "other";
    private const int LongestCode = 32;

    private readonly Dictionary<string, Seen> _shown = [];

    // Candidates for a place; the rarest of them makes room, so that codes that come once push out none that come again.
    private readonly Dictionary<string, long> _waiting = [];
    private long _other;

    public void Count(string code)
    {
        if (!IsLabel(code))
        {
            _other++;
        }
        else if (_shown.TryGetValue(code, out var seen))
        {
            _shown[code] = new Seen(seen.Shown + 1, seen.All + 1);
        }
        else if (_shown.Count < most || always.Contains(code))
        {
            _shown[code] = new Seen(1, 1);
        }
        else
        {
            _other++;
            Wait(code);
        }
    }

    /// <summary>What is told apart, and the rest under <see cref="Other"/>.</summary>
    public IReadOnlyList<(string Code, long Count)> Totals() =>
        [.. _shown.Select(seen => (seen.Key, seen.Value.Shown)).Append((Other, _other)).Where(total => total.Item2 > 0)];

    private void Wait(string code)
    {
        if (!_waiting.TryGetValue(code, out var times) && _waiting.Count >= most)
        {
            _waiting.Remove(_waiting.MinBy(waiting => waiting.Value).Key);
        }

        _waiting[code] = ++times;
        var (rarest, seen) = _shown.Where(shown => !always.Contains(shown.Key)).MinBy(shown => shown.Value.All);
        if (rarest is not null && times > seen.All)
        {
            // What was counted of the newcomer as one of the others stays there: no sum ever falls.
            _shown.Remove(rarest);
            _waiting.Remove(code);
            _waiting[rarest] = seen.All;
            _other += seen.Shown;
            _shown[code] = new Seen(0, times);
        }
    }

    /// <summary>Codes are texts from outside.</summary>
    private static bool IsLabel(string code) => code.Length is > 0 and <= LongestCode && code != Other
        && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    /// <param name="Shown">Counted under its own name.</param>
    /// <param name="All">Counted at all.</param>
    private readonly record struct Seen(long Shown, long All);
}
