using System.CommandLine;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cases;

internal static class CaseArguments
{
    public static Argument<string> Id(string what = "The payment's id (pay_...).") => PathArgument.Id(what, "an id");

    public static Argument<int> No() => new("no") { Description = "The proposal's number, as 'case show' prints it." };

    public static Option<string?> Digest() => new("--digest")
    {
        Description = "Approve only if it still has the digest that was printed before; without it, what it is now is approved.",
        HelpName = "hex",
    };

    public static Option<string?> ApprovalReason() => new("--reason")
    {
        Description = "Why it is approved, if that is worth a word; kept in the audit trail.",
        HelpName = "text",
    };

    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; kept in the audit trail.",
        HelpName = "text",
        Required = true,
    };

    public static string Path(string id) => $"cases/{Uri.EscapeDataString(id)}";
}
