using Microsoft.AspNetCore.Mvc;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Configuration;

internal static class ConfigurationHosting
{
    private const string Applying = """
        The body is HOCON of `router { channels { … } merchants { … } }`, as in a file (at most 1 MiB), and lies over what is in
        force: what it does not name stays. `channels.NAME = null` or `merchants.NAME = null` removes one. A removed channel
        gets nothing new and leaves when none of its attempts is open any more. A channel that changes its connection, or
        whose calls may last longer, begins anew as after a hand-over. All other settings need a restart.

        Checked as at start; each of `errors` names the key, the value, what is allowed, and the line. With `dry_run=true` the
        answer says what would change, and is 200 with errors, too. Otherwise an error is 422 and nothing is changed, or
        the change is stored as a version, noted in the audit trail with the reason, and in force on every node within 2 s and
        after restarts. Operators' overrides stay in force over configured values; the change says so.
        """;

    private const string Example = "router.channels.alpha.weight = 2\n";

    public static IServiceCollection AddConfiguration(this IServiceCollection services) => services
        .AddSingleton<ConfigurationInForce>()
        .AddSingleton<IConfigurationControl, ConfigurationControl>()
        .AddSingleton<ConfigurationWatch>()
        .AddSingleton<ConfigurationEndpoints>();

    public static void MapConfiguration(this IEndpointRouteBuilder operators)
    {
        var configuration = operators.ServiceProvider.GetRequiredService<ConfigurationEndpoints>();
        operators.MapPost(
                "/config",
                (HttpContext context, [FromQuery(Name = "dry_run")] string? dryRun, string? reason) =>
                    configuration.ApplyAsync(context, dryRun, reason))
            .WithSummary("Change channels and merchants at run time (role admin)")
            .WithDescription(Applying)
            .Takes("dry_run", Shapes.Words(["true", "false"]), _ => "true")
            .Takes("reason", Shapes.Text(ConfigurationEndpoints.Reason, "Needed unless it is a dry run."))
            .TakesText("HOCON.", Example)
            .Gives<ConfigurationBody>(200, "What has changed, or would.")
            .Refuses([.. Problems.Lookups, "forbidden", "too_large", "configuration_refused"]);
    }
}
