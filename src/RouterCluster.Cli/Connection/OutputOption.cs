using System.CommandLine;
using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Connection;

/// <summary>The forms of a list.</summary>
internal static class OutputOption
{
    public const string Wide = "wide";
    public const string Csv = "csv";
    public const string Json = "json";

    public static Option<string?> New()
    {
        var option = new Option<string?>("--output", "-o")
        {
            Description = "wide: more columns. csv: for spreadsheets and scripts. json: the node's answer as it came.",
            HelpName = "form",
        };
        return option.AcceptOnlyFromAmong(Wide, Csv, Json);
    }

    /// <summary>For an output whose every line is a row.</summary>
    public static void ShowNextBeside(TextWriter error, string? next)
    {
        if (next is not null)
        {
            error.WriteLine(SafeText.Of($"There are more: --cursor {next}"));
        }
    }
}
