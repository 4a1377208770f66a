using System.CommandLine;
using System.Globalization;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

internal sealed class PaymentsVerb : IVerb
{
    private const string Description = """
        List the payments that fit a filter, the newest first. It needs --since, --until, --channel, --merchant, or a --state
        other than succeeded; others would read every payment. Examples: routerctl payments --since 1h --channel alpha,
        routerctl payments --state processing --until 10m, routerctl payments --state failed --code 51 -o csv
        """;

    private readonly (string Name, Option<string?> Option)[] _filters =
    [
        ("state", Filter("--state", "In this state, such as processing or failed.", "state")),
        ("channel", Filter("--channel", "Taken by this channel, or last at it.", "id")),
        ("merchant", Filter("--merchant", "Of this merchant.", "id")),
        ("product", Filter("--product", "Of this product.", "product")),
        ("class", Filter("--class", "With an attempt or a failure of this class, such as customer_funds.", "class")),
        ("code", Filter("--code", "With an attempt or a failure of this code.", "code")),
        ("bank", Filter("--bank", "Of an account at this bank.", "code")),
        ("since", Filter("--since", "Accepted then or later: a time, or how long ago such as 90s, 10m, 2h or 7d.", "time")),
        ("until", Filter("--until", "Accepted before then: a time, or how long ago.", "time")),
        ("sort", Filter("--sort", "created_at for the oldest first, -created_at for the newest first.", "order")),
    ];

    public Command Build(VerbRun run)
    {
        var command = new Command("payments", Description);
        foreach (var (_, option) in _filters)
        {
            command.Add(option);
        }

        var (least, most) = (Amount("--min-amount", "at least"), Amount("--max-amount", "at most"));
        command.Add(least);
        command.Add(most);
        command.Add(run.Output);
        var page = new PageOptions();
        page.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get(page.Path(
                parsed, "payments",
                [
                    .. _filters.Select(filter => (filter.Name, parsed.GetValue(filter.Option))),
                    ("min_amount", Digits(parsed.GetValue(least))), ("max_amount", Digits(parsed.GetValue(most))),
                ])),
            PaymentTable.ViewOf(run, parsed, EmptyOf),
            cancellation));
        return command;
    }

    private static string EmptyOf(string? next) =>
        next is null ? "No payment fits." : "None of the payments looked at so far fits.";

    private static string? Digits(long? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static Option<string?> Filter(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<long?> Amount(string name, string bound) => new(name)
    {
        Description = $"Of {bound} this amount, in whole minor units (12000 is 120.00 CNY).", HelpName = "amount",
    };
}
