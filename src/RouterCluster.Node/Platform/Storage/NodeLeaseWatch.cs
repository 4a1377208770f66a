namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Concludes from this node's readings of all rows which other nodes cannot send any more. All times are this node's
/// monotonic ones: clocks of two machines are never compared.
/// </summary>
internal sealed class NodeLeaseWatch(string own, TimeSpan lasts)
{
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Missed> _wanted = new(StringComparer.Ordinal);
    private TimeSpan? _lastAnswer;

    public bool HasLooked => _lastAnswer is not null;

    /// <summary>A pause in which this node read nothing may have been one in which nobody could renew.</summary>
    private TimeSpan LongestPause => lasts / 2;

    private IEnumerable<Seen> NotOver => _seen.Values.Where(seen => seen.OverSince is null);

    /// <summary>The rows, this node's among them, that were there at the last reading and are not over.</summary>
    public IReadOnlyList<LivingNode> Living(TimeSpan now) =>
        [.. NotOver.Select(seen => new LivingNode(seen.Row, now - (seen.SameSince ?? seen.SameUntil)))];

    /// <param name="askedAt">Before the rows were read.</param>
    /// <param name="answeredAt">After they were read.</param>
    public void Observe(IReadOnlyList<NodeLeaseRow> rows, TimeSpan askedAt, TimeSpan answeredAt)
    {
        if (_lastAnswer is { } last && askedAt - last > LongestPause)
        {
            Interrupted();
        }

        var there = rows.Select(row => row.Incarnation).ToHashSet();
        foreach (var gone in NotOver.Select(seen => seen.Row.Incarnation).Where(seen => !there.Contains(seen)).ToList())
        {
            _seen.Remove(gone);
        }

        foreach (var row in rows)
        {
            var before = _seen.GetValueOrDefault(row.Incarnation);
            var isSame = before is not null && before.Row.Beat == row.Beat;
            _seen[row.Incarnation] = new Seen(row, isSame ? before!.SameSince ?? answeredAt : answeredAt, askedAt)
            {
                OverSince = before?.OverSince ?? (row.IsOver ? answeredAt : null),
            };
        }

        foreach (var (incarnation, missed) in _wanted.Where(wanted => !_seen.ContainsKey(wanted.Key)).ToList())
        {
            _wanted[incarnation] = missed with
            {
                FirstLook = missed.FirstLook ?? (askedAt >= missed.AskedAt ? answeredAt : null),
            };
        }

        _lastAnswer = answeredAt;
    }

    /// <summary>The database did not answer, so it may not have taken others' renewals either: watching begins anew.</summary>
    public void Interrupted()
    {
        foreach (var (incarnation, seen) in _seen.ToList())
        {
            _seen[incarnation] = seen with { SameSince = null };
        }
    }

    /// <summary>Rows that stayed unrenewed for as long as a renewal lasts, of nodes that somebody wants to succeed.</summary>
    public IReadOnlyList<NodeLeaseRow> DueToFence() =>
        [.. NotOver.Where(seen => seen.IsRunOut && _wanted.ContainsKey(seen.Row.Incarnation))
            .Select(seen => seen.Row)];

    /// <summary>The row was ended in the beat that was watched.</summary>
    public void Fenced(NodeLeaseRow row, TimeSpan now)
    {
        if (_seen.TryGetValue(row.Incarnation, out var seen))
        {
            _seen[row.Incarnation] = seen with
            {
                Row = seen.Row with { IsFenced = true },
                OverSince = seen.SameSince is { } since && seen.Row.Beat == row.Beat ? since + row.Lasts : now,
            };
        }
    }

    public TimeSpan? SilentFor(string incarnation, TimeSpan now)
    {
        if (incarnation == own)
        {
            return null;
        }

        _wanted.TryAdd(incarnation, new Missed(now, null));
        if (_seen.TryGetValue(incarnation, out var seen))
        {
            return now - seen.OverSince;
        }

        var silent = now - _wanted[incarnation].FirstLook - lasts;
        return silent >= TimeSpan.Zero ? silent : null;
    }

    /// <param name="SameSince">Since when at least the row has had this beat; null: unknown until the next reading.</param>
    /// <param name="SameUntil">Until when at least it has had it.</param>
    private sealed record Seen(NodeLeaseRow Row, TimeSpan? SameSince, TimeSpan SameUntil)
    {
        public TimeSpan? OverSince { get; init; }

        public bool IsRunOut => SameUntil - SameSince >= Row.Lasts;
    }

    /// <param name="FirstLook">When the rows were first read after the question, without one of this incarnation.</param>
    private sealed record Missed(TimeSpan AskedAt, TimeSpan? FirstLook);
}
