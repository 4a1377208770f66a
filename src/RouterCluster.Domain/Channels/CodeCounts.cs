namespace RouterCluster.Domain.Channels;

/// <summary>
/// A company can make up codes without end, so only the most frequent ones are counted apart: a new code takes the place of
/// the rarest once it has come more often. All other codes are one sum.
/// </summary>
/// <param name="always">Codes that never lose their place.</param>
public sealed class CodeCounts(int most, IReadOnlySet<string> always)
{
    public const string Other = "other";
    private const int LongestCode = 32;

    private readonly Dictionary<string, Seen> _shown = [];

    // Candidates for a place. The rarest makes room, so that one-time codes do not push out codes that come again.
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
            // Earlier counts of the new code stay in the sum of the others: no sum ever falls.
            _shown.Remove(rarest);
            _waiting.Remove(code);
            _waiting[rarest] = seen.All;
            _other += seen.Shown;
            _shown[code] = new Seen(0, times);
        }
    }

    private static bool IsLabel(string code) => code.Length is > 0 and <= LongestCode && code != Other
        && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    private readonly record struct Seen(long Shown, long All);
}
