using System.CommandLine;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

internal static class ChannelArguments
{
    public static Argument<string> Id() => PathArgument.Id("The channel's id.", "a channel's id");

    public static Option<string?> Reason() => new("--reason")
    {
        Description = "Why; kept in the audit trail with the change.",
        HelpName = "text",
    };

    public static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Show what would change and send no change.",
    };

    public static Option<bool> Forecast() => new("--dry-run")
    {
        Description = "Change nothing; show what would become of the last hour's payments.",
    };

    public static Option<string?> For() => new("--for")
    {
        Description = "Only for a time, such as 30m, 2h or 1d; then what stood before comes back by itself.",
        HelpName = "time",
    };

    /// <summary>A planned value with the time for which it would be set.</summary>
    public static string Planned(string value, string? time) => time is null ? value : $"{value} for {time}";

    public static string Path(string id) => $"channels/{Uri.EscapeDataString(id)}";
}
