using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

internal sealed class PaymentsVerb : IVerb
{
    private const string Description = """
        List the payments that fit a filter, the newest first. It needs --since, --until, --channel, --merchant, or a --state
        other than succeeded; others would read every payment. Examples: routerctl payments --since 1h --channel alpha,
        routerctl payments --state processing --until 10m, routerctl payments --state failed --code 51 -o csv
        """;

    private static readonly ColumnTable<PaymentBody> Usual = Columns(isWide: false);
    private static readonly ColumnTable<PaymentBody> Wide = Columns(isWide: true);

    private static readonly CsvTable<PaymentBody> Csv = new CsvTable<PaymentBody>()
        .Text("id", payment => payment.Id)
        .Moment("created_at", payment => payment.CreatedAt)
        .Moment("updated_at", payment => payment.UpdatedAt)
        .Text("state", payment => payment.State)
        .Text("merchant", payment => payment.Merchant)
        .Text("order_no", payment => payment.OrderNo)
        .Text("product", payment => payment.Product)
        .Number("amount", payment => payment.Amount)
        .Text("currency", payment => payment.Currency)
        .Text("channel", payment => payment.Channel)
        .Text("class", ClassOf)
        .Text("code", CodeOf)
        .Text("bank", payment => payment.Account.Bank)
        .Text("account", payment => payment.Account.Number)
        .Number("attempts", payment => payment.Attempts.Count);

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
            run.PageOf(parsed, ApiJson.Default.PaymentList, Csv, (screen, payments) =>
                (parsed.GetValue(run.Output) == OutputOption.Wide ? Wide : Usual)
                    .Show(screen, payments.Items, EmptyOf(payments.Next))),
            cancellation));
        return command;
    }

    private static string EmptyOf(string? next) =>
        next is null ? "No payment fits." : "None of the payments looked at so far fits.";

    private static ColumnTable<PaymentBody> Columns(bool isWide)
    {
        var table = new ColumnTable<PaymentBody>()
            .Label("Payment", payment => payment.Id)
            .Label("State", payment => payment.State, rank: 1, payment => Colours.OfState(payment.State))
            .Number("Amount", payment => Amounts.Of(payment.Amount, payment.Currency), rank: 2)
            .Label("Merchant", payment => payment.Merchant, rank: 4)
            .Label("Channel", payment => payment.Channel, rank: 3)
            .Label("Class", ClassOf, rank: 6)
            .Label("Code", CodeOf, rank: 5)
            .Moment("Created", payment => payment.CreatedAt, rank: 7);
        return isWide
            ? table.Label("Order number", payment => payment.OrderNo, rank: 8)
                .Label("Product", payment => payment.Product, rank: 9)
                .Label("Bank", payment => payment.Account.Bank, rank: 10)
                .Label("Account", payment => payment.Account.Number, rank: 11)
                .Number("Attempts", payment => $"{payment.Attempts.Count}", rank: 12)
                .Moment("Updated", payment => payment.UpdatedAt, rank: 13)
            : table;
    }

    private static string? ClassOf(PaymentBody payment) =>
        payment.Failure?.Class ?? (payment.Attempts is [.., var last] ? last.Class : null);

    private static string? CodeOf(PaymentBody payment) => payment switch
    {
        { Failure: { } failure } => failure.Code,
        { Attempts: [.., var last] } => last.Code,
        _ => null,
    };

    private static string? Digits(long? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static Option<string?> Filter(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<long?> Amount(string name, string bound) => new(name)
    {
        Description = $"Of {bound} this amount, in whole minor units (12000 is 120.00 CNY).", HelpName = "amount",
    };
}
