namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// Lets a few lines of each kind through per minute, so that a trouble of hours neither fills the log nor hides others.
/// For one owner; not thread-safe.
/// </summary>
internal sealed class SampledLines
{
    private const int MostPerMinute = 3;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (TimeSpan Since, int Lines, int Left)> _kinds = new(StringComparer.Ordinal);

    /// <param name="leftOut">Lines of the kind that were not written since the last one that was.</param>
    public bool Allows(string kind, TimeSpan now, out int leftOut)
    {
        var (since, lines, left) = _kinds.GetValueOrDefault(kind, (now, 0, 0));
        if (now - since >= Minute)
        {
            (since, lines) = (now, 0);
        }

        var isAllowed = lines < MostPerMinute;
        leftOut = isAllowed ? left : 0;
        _kinds[kind] = isAllowed ? (since, lines + 1, 0) : (since, lines, left + 1);
        return isAllowed;
    }
}
