using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

/// <summary>A payment, its attempts, and the numbers to quote when talking to a channel.</summary>
internal static class PaymentView
{
    public static void Show(IAnsiConsole screen, PaymentBody payment)
    {
        screen.Write(Sheet.Facts()
            .Fact("Payment", payment.Id)
            .Fact("State", payment.State, Colours.OfState(payment.State))
            .Fact("Amount", Words.Money(payment.Amount, payment.Currency))
            .Fact("Merchant", payment.Merchant)
            .Fact("Order number", payment.OrderNo)
            .Fact("Product", payment.Product)
            .Fact("Account", payment.Account.Number + (payment.Account.Bank is null ? "" : $" at {payment.Account.Bank}"))
            .Fact("Channel", payment.Channel)
            .Fact("Failure", Failure(payment.Failure))
            .Fact("Created", Words.Moment(payment.CreatedAt))
            .Fact("Updated", Words.Moment(payment.UpdatedAt)));
        if (payment.Attempts.Count > 0)
        {
            ShowAttempts(screen, payment.Attempts);
        }
    }

    private static void ShowAttempts(IAnsiConsole screen, IReadOnlyList<AttemptBody> attempts)
    {
        var course = Sheet.Table().Right("No").Left("Channel", "State", "Class", "Code", "Started").Right("Took");
        // The numbers have a table of their own: side by side with the rest they would wrap and could not be copied.
        var numbers = Sheet.Table().Right("No").Left("Our number", "The channel's number");
        foreach (var attempt in attempts)
        {
            course.AddRow(
                Sheet.Cell($"{attempt.No}"),
                Sheet.Cell(attempt.Channel),
                Sheet.Cell(attempt.State, Colours.OfState(attempt.State)),
                Sheet.Cell(attempt.Class),
                Sheet.Cell(attempt.Code),
                Sheet.Cell(Words.Moment(attempt.StartedAt)),
                Sheet.Cell(attempt.EndedAt is { } ended ? Words.Duration(ended - attempt.StartedAt) : null));
            numbers.AddRow(
                Sheet.Cell($"{attempt.No}"), Sheet.Cell(attempt.OrderNo), Sheet.Cell(attempt.ChannelOrderNo));
        }

        screen.Heading("Attempts");
        screen.Write(course);
        screen.Heading("Numbers");
        screen.Write(numbers);
        ShowFirst(screen, attempts);
    }

    /// <summary>Where an attempt went wrong, though its end is known by now.</summary>
    private static void ShowFirst(IAnsiConsole screen, IReadOnlyList<AttemptBody> attempts)
    {
        var firsts = Sheet.Table().Right("No").Left("Class", "Code");
        foreach (var attempt in attempts.Where(attempt => attempt.First is not null))
        {
            firsts.AddRow(Sheet.Cell($"{attempt.No}"), Sheet.Cell(attempt.First!.Class), Sheet.Cell(attempt.First.Code));
        }

        if (firsts.Rows.Count > 0)
        {
            screen.Heading("First outcomes");
            screen.Write(firsts);
        }
    }

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
