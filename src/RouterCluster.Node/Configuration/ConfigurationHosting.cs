using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

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

    private const string RollingBack = """
        What operators had changed at run time up to that version (0: nothing, the files alone) lies over the files again, as a
        new version, checked, shown, noted and in force as with `POST /admin/v1/config`. Channels that were added since are
        removed, those that were removed come back; one that is still leaving stays.

        Secrets stay as they are now, so that none that was replaced comes back: channels' secrets, merchants' keys (the whole
        list) and webhook secrets. `kept` names those that differ. A channel or merchant that was removed comes back with the
        secrets that it had last. A channel is not brought back to another account (`base-url`, `merchant-id`, `protocol`)
        whose secret was replaced since: apply a file with both.
        """;

    private const string Example = "router.channels.alpha.weight = 2\n";

    public static IServiceCollection AddConfiguration(this IServiceCollection services) => services
        .AddSingleton<ConfigurationInForce>()
        .AddSingleton<IConfigurationControl, ConfigurationControl>()
        .AddSingleton<IConfigurationHistory, ConfigurationHistory>()
        .AddSingleton<ConfigurationWatch>()
        .AddSingleton<ConfigurationEndpoints>()
        .AddSingleton<ConfigurationHistoryEndpoints>();

    public static void MapConfiguration(this IEndpointRouteBuilder operators)
    {
        var configuration = operators.ServiceProvider.GetRequiredService<ConfigurationEndpoints>();
        operators.MapPost(
                "/config",
                (HttpContext context, [FromQuery(Name = DryRunMark.Parameter)] string? dryRun, string? reason) =>
                    configuration.ApplyAsync(context, dryRun, reason))
            .WithSummary("Change channels and merchants at run time (role admin)")
            .WithDescription(Applying)
            .TakesDryRun(example: _ => "true")
            .Takes("reason", Shapes.Text(ConfigurationEndpoints.Reason, "Needed unless it is a dry run."))
            .TakesText("HOCON.", Example)
            .Gives<ConfigurationBody>(200, "What has changed, or would.")
            .Refuses([.. Problems.Lookups, "forbidden", "too_large", "configuration_refused"]);
        operators.MapVersions(configuration);
    }

    private static void MapVersions(this IEndpointRouteBuilder operators, ConfigurationEndpoints configuration)
    {
        var history = operators.ServiceProvider.GetRequiredService<ConfigurationHistoryEndpoints>();
        operators.MapGet("/config/versions", (Delegate)history.ListAsync)
            .WithSummary("The versions of the configuration, newest first")
            .WithDescription("Who has changed channels and merchants at run time, when, why, and in how many lines.")
            .TakesPages()
            .Gives<ListBody<ConfigurationVersionBody>>(200, "One page.")
            .Refuses(Problems.Lookups);
        operators.MapGet("/config/versions/{version}", (Delegate)history.GetAsync)
            .WithSummary("What a version of the configuration has changed")
            .WithDescription("The difference to the version before, in lines that name secrets and do not show them.")
            .Takes("version", Number, _ => "1")
            .Gives<ConfigurationDifferenceBody>(200, "The version.")
            .Refuses([.. Problems.Lookups, "not_found"]);
        operators.MapPost(
                "/config/versions/{version}/rollback",
                (HttpContext context, string version, [FromQuery(Name = DryRunMark.Parameter)] string? dryRun, string? reason) =>
                    configuration.RollBackAsync(context, version, dryRun, reason))
            .WithSummary("Bring the content of an earlier version into force again (role admin)")
            .WithDescription(RollingBack)
            .Takes("version", Number, _ => "1")
            .TakesDryRun(example: _ => "true")
            .Takes("reason", Shapes.Text(ConfigurationEndpoints.Reason, "Needed unless it is a dry run."))
            .Gives<ConfigurationBody>(200, "What has changed, or would.")
            .Refuses([.. Problems.Changes, "configuration_refused"]);
    }

    private static OpenApiSchema Number => Shapes.Plain(1, 19, "The version's number.");
}
