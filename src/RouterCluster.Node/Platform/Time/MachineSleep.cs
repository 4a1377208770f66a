using System.Globalization;

namespace RouterCluster.Node.Platform.Time;

/// <summary>
/// Measures how long the machine slept: its monotonic clock stops meanwhile, Linux's time since boot does not. After a
/// sleep the wall clock is right although it seems to have leapt.
/// </summary>
internal sealed class MachineSleep(string uptimeFile = "/proc/uptime")
{
    // The kernel gives hundredths of seconds, and a thread may wait between the two readings.
    private static readonly TimeSpan LeastSleep = TimeSpan.FromSeconds(1);

    private TimeSpan? _ahead;

    /// <summary>The sleep since the last call; null where the system does not tell.</summary>
    public TimeSpan? Since(TimeSpan monotonic)
    {
        if (Uptime() is not { } uptime)
        {
            return null;
        }

        var ahead = uptime - monotonic;
        var slept = ahead - (_ahead ?? ahead);
        if (_ahead is not null && slept < LeastSleep)
        {
            return TimeSpan.Zero;
        }

        _ahead = ahead;
        return slept;
    }

    private TimeSpan? Uptime()
    {
        try
        {
            var text = File.ReadAllText(uptimeFile).Split(' ')[0];
            return double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
