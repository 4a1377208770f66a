using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Policies;

/// <summary>How policies do, those in shadow and canaries among them.</summary>
internal sealed class PoliciesVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var view = new View<PoliciesBody>(ApiJson.Default.PoliciesBody, Show);
        var command = new Command("policies", "Show the routing policies, how they do, and where they are in force.");
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get("policies"), view, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, PoliciesBody policies)
    {
        var table = Sheet.Table().Left("Policy", "Role").Right("Decisions", "Agrees", "Expected", "Attempts", "Observed");
        foreach (var policy in policies.Items)
        {
            table.AddRow(
                Sheet.Cell(policy.Policy),
                Sheet.Cell(policy.Role),
                Sheet.Cell(Count(policy.Decisions)),
                Sheet.Cell(Words.Percent(policy.Agreement)),
                Sheet.Cell(Words.Percent(policy.ExpectedSuccess)),
                Sheet.Cell(Count(policy.Attempts)),
                Sheet.Cell(Words.Percent(policy.ObservedSuccess)));
        }

        screen.Write(table);
        if (policies.Routes.Count > 0)
        {
            ShowRoutes(screen, policies.Routes);
        }

        foreach (var warning in policies.Warnings)
        {
            screen.Write(Sheet.Cell($"Warning: {warning}", new Style(Color.Yellow)));
            screen.WriteLine();
        }
    }

    private static void ShowRoutes(IAnsiConsole screen, IReadOnlyList<RouteBody> routes)
    {
        screen.Heading("Routes");
        var table = Sheet.Table().Left("Merchant", "Product", "Policy", "Shadow", "Canary", "Excluded").Right("Explores up to");
        foreach (var route in routes)
        {
            var canary = route.Canary is null ? null : $"{route.Canary} {Words.Number(route.CanaryPercent)}%";
            table.AddRow(
                Sheet.Cell(route.Merchant),
                Sheet.Cell(route.Product),
                Sheet.Cell(route.Policy),
                Sheet.Cell(Words.List(route.Shadow)),
                Sheet.Cell(canary),
                Sheet.Cell(Words.List(route.Exclude)),
                Sheet.Cell(route.ExploreUpTo is { } limit ? Count(limit) : null));
        }

        screen.Write(table);
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
