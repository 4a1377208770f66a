using System.CommandLine;

namespace RouterCluster.Cli.Channels;

internal static class ChannelArguments
{
    public static Argument<string> Id()
    {
        var id = new Argument<string>("id") { Description = "The channel's id." };
        id.Validators.Add(result =>
        {
            // Dots alone would lead out of the path of channels.
            if (result.Tokens.Any(token => token.Value.Trim() is "" or "." or ".."))
            {
                result.AddError("<id> must be a channel's id.");
            }
        });
        return id;
    }

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
