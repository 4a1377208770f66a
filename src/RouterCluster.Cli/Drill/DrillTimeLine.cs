using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Drill;

/// <summary>Everything that happened, in order. Several tasks write at once.</summary>
/// <param name="live">Shows each line as it comes.</param>
internal sealed class DrillTimeLine(TimeProvider time, Action<string> live)
{
    public const string Drill = "drill";
    public const string Router = "router";
    public const string Alerts = "alerts";
    public const string Operator = "operator";

    private readonly List<DrillEntry> _entries = [];
    private readonly long _began = time.GetTimestamp();

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public double Seconds => Math.Round(time.GetElapsedTime(_began).TotalSeconds, 1);

    public IReadOnlyList<DrillEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(string by, string? channel, string what)
    {
        var entry = new DrillEntry(time.GetUtcNow(), Seconds, by, channel, what);
        lock (_entries)
        {
            _entries.Add(entry);
        }

        live(SafeText.Of(FormattableString.Invariant($"{entry.AfterSeconds,6:0.0} s  {by,-8}  {channel,-8}  {what}")));
    }
}
