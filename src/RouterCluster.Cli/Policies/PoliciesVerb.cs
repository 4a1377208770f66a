using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Policies;

internal sealed class PoliciesVerb : IVerb
{
    private static readonly ColumnTable<PolicyBody> Table = new ColumnTable<PolicyBody>()
        .Label("Policy", policy => policy.Policy)
        .Label("Role", policy => policy.Role, rank: 1)
        .Number("Decisions", policy => Count(policy.Decisions), rank: 4)
        .Number("Agrees", policy => DisplayText.Percent(policy.Agreement), rank: 6)
        .Number("Expected", policy => DisplayText.Percent(policy.ExpectedSuccess), rank: 3)
        .Number("Attempts", policy => Count(policy.Attempts), rank: 5)
        .Number("Observed", policy => DisplayText.Percent(policy.ObservedSuccess), rank: 2);

    private static readonly ColumnTable<RouteBody> Routes = new ColumnTable<RouteBody>()
        .Label("Merchant", route => route.Merchant)
        .Label("Product", route => route.Product, rank: 1)
        .Label("Policy", route => route.Policy, rank: 2)
        .Prose("Shadow", route => DisplayText.List(route.Shadow), rank: 4)
        .Label("Canary", Canary, rank: 3)
        .Prose("Excluded", route => DisplayText.List(route.Exclude), rank: 5)
        .Number("Explores up to", route => route.ExploreUpTo is { } limit ? Amounts.OfNoCurrency(limit) : null, rank: 6);

    public Command Build(VerbRun run) => run.Asks(
        new Command("policies", "Show the routing policies, how they do, and where they are in force."),
        _ => RouterRequest.Get("policies"),
        new View<PoliciesBody>(ApiJson.Default.PoliciesBody, Show));

    private static void Show(IAnsiConsole screen, PoliciesBody policies)
    {
        Table.Show(screen, policies.Items, "No policy has chosen a channel yet.");
        if (policies.Routes.Count > 0)
        {
            screen.Heading("Routes");
            Routes.Show(screen, policies.Routes);
        }

        foreach (var warning in policies.Warnings)
        {
            screen.Say($"Warning: {warning}", new Style(Color.Yellow));
        }
    }

    private static string? Canary(RouteBody route) =>
        route.Canary is null ? null : $"{route.Canary} {DisplayText.Number(route.CanaryPercent)}%";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
