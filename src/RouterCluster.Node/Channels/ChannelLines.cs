using Akka.Event;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <summary>Lines of the log about what a channel says of itself, which may be very often.</summary>
internal sealed class ChannelLines(ChannelId channel, RouterClock clock, ILoggingAdapter log)
{
    private readonly SampledLines _lines = new();

    /// <summary>A person who edits the file must learn that an operator's older setting is still in force.</summary>
    public void Overridden(IEnumerable<ChannelOverride> deviations, ChannelConfiguration configured)
    {
        foreach (var (key, value, mark) in deviations)
        {
            log.Warning(
                "Channel {Channel}: {Setting} is {Value}, set by {By} at {Since}; the configured {Configured} is not in force "
                + "until an operator resets it (routerctl channel reset)",
                channel, key.Name(), value, mark?.By ?? "an operator", $"{mark?.At:yyyy-MM-ddTHH:mm:ssZ}",
                configured.ValueOf(key));
        }
    }

    public void Announced(ChannelEvent @event)
    {
        if (@event is MaintenanceAnnounced announced)
        {
            Write("maintenance", $"says that it is closed, until {announced.Until:u}");
        }
    }

    /// <param name="now">Null: it throttles no longer.</param>
    public void Throttled(ThrottleReport? now, DateTimeOffset utc) => Write(
        now is null ? "not throttled" : "throttled",
        now is null ? "takes all orders again" : $"refuses orders as too many{UntilThen(now.PausedFor, utc)}");

    private static string UntilThen(TimeSpan paused, DateTimeOffset utc) =>
        paused > TimeSpan.Zero ? $" and gets none until {utc + paused:u}" : "";

    private void Write(string kind, string what)
    {
        if (_lines.Allows(kind, clock.Monotonic, out var leftOut))
        {
            log.Warning("Channel {Channel} {What} ({LeftOut} such lines left out)", channel, what, leftOut);
        }
    }
}
