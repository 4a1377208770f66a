using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

/// <summary>A list of payments in the forms that verbs with <c>--output</c> have.</summary>
internal static class PaymentTable
{
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

    /// <param name="empty">What to say of no payment, by the cursor of further ones.</param>
    public static View<ListBody<PaymentBody>> ViewOf(VerbRun run, ParseResult parsed, Func<string?, string> empty) => run.PageOf(
        parsed, ApiJson.Default.PaymentList, Csv, (screen, payments) =>
            (parsed.GetValue(run.Output) == OutputOption.Wide ? Wide : Usual).Show(screen, payments.Items, empty(payments.Next)));

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
}
