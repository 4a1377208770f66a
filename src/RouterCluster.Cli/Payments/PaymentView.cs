using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

internal static class PaymentView
{
    private static readonly ColumnTable<AttemptBody> Course = new ColumnTable<AttemptBody>()
        .Number("No", attempt => $"{attempt.No}")
        .Label("Channel", attempt => attempt.Channel)
        .Label("State", attempt => attempt.State, style: attempt => Colours.OfState(attempt.State))
        .Label("Class", attempt => attempt.Class, rank: 1)
        .Label("Code", attempt => attempt.Code, rank: 2)
        .Moment("Started", attempt => attempt.StartedAt, rank: 4)
        .Number(
            "Took", attempt => attempt.EndedAt is { } ended ? DisplayText.Duration(ended - attempt.StartedAt) : null, rank: 3);

    // In a table of their own, because none of these numbers, which are quoted to the payment company, may be left out.
    private static readonly ColumnTable<AttemptBody> Numbers = new ColumnTable<AttemptBody>()
        .Number("No", attempt => $"{attempt.No}")
        .Label("Our number", attempt => attempt.OrderNo)
        .Label("The channel's number", attempt => attempt.ChannelOrderNo);

    /// <summary>First outcomes that later ones have replaced.</summary>
    private static readonly ColumnTable<AttemptBody> First = new ColumnTable<AttemptBody>()
        .Number("No", attempt => $"{attempt.No}")
        .Label("Class", attempt => attempt.First?.Class)
        .Label("Code", attempt => attempt.First?.Code);

    public static void Show(IAnsiConsole screen, PaymentBody payment)
    {
        new FactList()
            .Fact("Payment", payment.Id)
            .Fact("State", payment.State, Colours.OfState(payment.State))
            .Fact("Amount", Amounts.Of(payment.Amount, payment.Currency))
            .Fact("Merchant", payment.Merchant)
            .Fact("Order number", payment.OrderNo)
            .Fact("Product", payment.Product)
            .Fact("Account", Account(payment.Account))
            .Fact("Channel", payment.Channel)
            .Fact("Failure", Failure(payment.Failure))
            .Fact("Created", DisplayText.Moment(payment.CreatedAt))
            .Fact("Updated", DisplayText.Moment(payment.UpdatedAt))
            .Show(screen);
        if (payment.Attempts.Count == 0)
        {
            screen.Say("No attempt was made yet.");
            return;
        }

        screen.Heading("Attempts");
        Course.Show(screen, payment.Attempts);
        screen.Heading("Numbers");
        Numbers.Show(screen, payment.Attempts);
        if (payment.Attempts.Where(attempt => attempt.First is not null).ToArray() is { Length: > 0 } changed)
        {
            screen.Heading("First outcomes");
            First.Show(screen, changed);
        }
    }

    public static string Account(PaymentAccountBody account) =>
        account.Bank is null ? account.Number : $"{account.Number} at {account.Bank}";

    private static string? Failure(FailureBody? failure)
    {
        if (failure is null)
        {
            return null;
        }

        var code = failure.Code is null ? "" : $", code {failure.Code}";
        var channel = failure.Channel is null ? "" : $", {failure.Channel}";
        var message = failure.Message is null ? "" : $": {failure.Message}";
        return $"{failure.Class}{code}{channel}{message}";
    }
}
