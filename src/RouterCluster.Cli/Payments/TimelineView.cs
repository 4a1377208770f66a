using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

internal static class TimelineView
{
    private static readonly ColumnTable<TimelineStepBody> Steps = new ColumnTable<TimelineStepBody>()
        .Moment("At", step => step.At)
        .Label("Kind", step => step.Kind, rank: 2)
        .Prose("What", step => step.Due ? $"due: {step.What}" : step.What)
        .Label("Row", step => Row(step.Commit), rank: 3)
        .Prose("Detail", step => step.Detail, rank: 1);

    public static void Show(IAnsiConsole screen, TimelineBody story)
    {
        new FactList()
            .Fact("Payment", story.Payment)
            .Fact("State", story.State, Colours.OfState(story.State))
            .Fact("Amount", Amounts.Of(story.Amount, story.Currency))
            .Fact("Merchant", story.Merchant)
            .Fact("Order number", story.OrderNo)
            .Fact("Product", story.Product)
            .Fact("Account", PaymentView.Account(story.Account))
            .Show(screen);
        screen.Heading("Story");
        Steps.Show(screen, story.Steps);
        if (!story.Complete)
        {
            screen.Say("Its book had too many rows to look at all: reports that later ones have replaced may lack.");
        }
    }

    /// <summary>Book and number of the journal's row.</summary>
    private static string? Row(CommitBody? commit) =>
        commit is null ? null : string.Create(CultureInfo.InvariantCulture, $"{commit.Book}/{commit.Row}");
}
