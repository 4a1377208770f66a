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

    public static string Path(string id) => $"channels/{Uri.EscapeDataString(id)}";
}
