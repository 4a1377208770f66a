using System.CommandLine;
using System.Globalization;

namespace RouterCluster.Cli.Verbs;

/// <summary>An option with a time as settings have it: a whole number with s, m, h or d.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> New(
        string name, string description, TimeSpan least, TimeSpan usual, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "time",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            const int Longest = 7;
            var text = result.Tokens[0].Value;
            if (text.Length <= Longest && Seconds(text) is { } seconds
                && seconds >= least.TotalSeconds && seconds <= most.TotalSeconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            result.AddError($"{name} must be a time such as 30s, 10m or 2h, not '{text}'.");
            return usual;
        },
    };

    /// <summary>Null: it is no such time.</summary>
    public static long? Seconds(string text)
    {
        var unit = text.Length > 0 ? text[^1] : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        return seconds > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (long)number * seconds
            : null;
    }
}
