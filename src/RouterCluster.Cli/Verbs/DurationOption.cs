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
            if (Parse(result.Tokens[0].Value) is { } time && time >= least && time <= most)
            {
                return time;
            }

            result.AddError($"{name} must be a time such as 30s, 10m or 2h, not '{result.Tokens[0].Value}'.");
            return usual;
        },
    };

    /// <summary>Null: it is no such time.</summary>
    public static TimeSpan? Parse(string text)
    {
        const int MostDigits = 7;
        if (text.Length is 0 or > MostDigits
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
