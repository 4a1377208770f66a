using System.Globalization;

namespace RouterCluster.Cli.Display;

internal static class DisplayText
{
    public const string Nothing = "-";

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Percent(double? ratio) =>
        ratio is null ? Nothing : $"{(ratio.Value * 100).ToString("0.0", CultureInfo.InvariantCulture)}%";

    public static string Milliseconds(double milliseconds) =>
        milliseconds < 1000 ? $"{milliseconds:0}ms" : $"{milliseconds / 1000:0.0}s";

    public static string Duration(TimeSpan duration) => duration switch
    {
        _ when duration == TimeSpan.Zero => "0s",
        { TotalSeconds: < 1 } => $"{duration.TotalMilliseconds:0}ms",
        { TotalMinutes: < 1 } => $"{Math.Floor(duration.TotalSeconds * 10) / 10:0.#}s",
        { TotalHours: < 1 } => $"{duration.Minutes}m {duration.Seconds}s",
        { TotalDays: < 1 } => $"{duration.Hours}h {duration.Minutes}m",
        _ => $"{duration.Days}d {duration.Hours}h",
    };

    /// <summary>Clamps seconds that exceed the range of a TimeSpan.</summary>
    public static string Seconds(long seconds) =>
        Duration(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)TimeSpan.MaxValue.TotalSeconds - 1)));

    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Without milliseconds; the column's heading names UTC.</summary>
    public static string Second(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Without the day.</summary>
    public static string Clock(DateTimeOffset moment) => moment.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string OnOff(bool value) => value ? "on" : "off";

    public static string List<T>(IReadOnlyList<T> items) => items.Count == 0 ? Nothing : string.Join(", ", items);

    /// <summary>Numbers in order, with "-" between the ends of a run: 0-3, 7.</summary>
    public static string Ranges(IReadOnlyList<int> numbers)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var number in numbers.Distinct().Order())
        {
            if (runs is [.., var last] && last.Last == number - 1)
            {
                runs[^1] = (last.First, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        return List([.. runs.Select(run => run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}")]);
    }
}
