using System.CommandLine;

namespace RouterCluster.Cli.Cases;

internal static class CaseArguments
{
    public static Argument<string> Id(string what = "The payment's id (pay_...).")
    {
        var id = new Argument<string>("id") { Description = what };
        id.Validators.Add(result =>
        {
            // Dots alone would lead out of the path of cases.
            if (result.Tokens.Any(token => token.Value.Trim() is "" or "." or ".."))
            {
                result.AddError("<id> must be an id.");
            }
        });
        return id;
    }

    public static Argument<int> No() => new("no") { Description = "The proposal's number, as 'case show' prints it." };

    public static Option<string?> Digest() => new("--digest")
    {
        Description = "Approve only if it still has the digest that was printed before; without it, what it is now is approved.",
        HelpName = "hex",
    };

    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; kept in the audit trail.",
        HelpName = "text",
        Required = true,
    };

    public static string Path(string id) => $"cases/{Uri.EscapeDataString(id)}";
}
