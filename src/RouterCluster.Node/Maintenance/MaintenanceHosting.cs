using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Maintenance;

internal static class MaintenanceHosting
{
    private static readonly string Planning = $"""
        At these times the channel gets no new payments, of the bank or of all: they go to other channels, and one that only it
        could take is answered as `no_channel` with the end in `Retry-After`. What waits in its queue is still sent, and what was
        sent is asked about as always. Without `days` the times have a date, come once, and leave the list when they are over;
        with them they are times of day, and an `until` that is not after `from` is on the next day. Local times of the zone:
        summer time is observed. The same times again keep their id, and the later reason holds. On every node within two
        seconds, and over restarts. At most {PlannedMaintenances.Most} for a channel; one that comes once lasts at most
        {MaintenancePlan.Longest.Days} days, and begins within {MaintenancePlan.Furthest.Days}. Enabling the channel ends none of
        them: take them back.
        """;

    private const string Downtimes = """
        Maintenance that is open or begins within seven days, where nobody else serves: during a downtime no channel takes this
        merchant's payments of the product and bank, and they are answered as `no_channel`. Maintenance that other channels make
        up for is not told, nor are faults, which nobody can plan. A channel that takes some amounts or currencies counts as
        serving. `bank` null: all banks but those in `except`. `starts_at` null: it has begun; `ends_at` null: no end within
        seven days is known. What operators plan anew, or take back, changes the list: ask for it again.
        """;

    private static readonly RequestBody Plan = new(
        "MaintenanceRequest",
        Shapes.Object(
            "When a channel gets no new payments, and why.", ["channel", "from", "until", "reason"], new()
            {
                ["channel"] = Shapes.Text(TextRule.Id),
                ["bank"] = Shapes.Text(ExclusionReader.Bank, "As payments name it. Without it: all banks.").OrNull(),
                ["from"] = Shapes.Text(MaintenanceReader.Time, "Local: `2026-12-01T02:30`, or `02:30` with days."),
                ["until"] = Shapes.Text(MaintenanceReader.Time, "As from, and no part of the maintenance."),
                ["days"] = Days(),
                ["time_zone"] = Shapes.Text(MaintenanceReader.Zone, $"{MaintenanceReader.UsualZone} if it is left out.").OrNull(),
                ["reason"] = Shapes.Text(ChannelChangeReader.Reason),
            }),
        RequestBody.Parse(
            """
            { "channel": "alpha", "bank": "ICBC", "days": ["sunday"], "from": "23:30", "until": "01:00",
              "time_zone": "Asia/Shanghai", "reason": "ICBC closes its books, notice of 12 November" }
            """));

    public static IServiceCollection AddMaintenance(this IServiceCollection services) =>
        services.AddSingleton<MaintenanceEndpoints>().AddSingleton<DowntimeEndpoints>();

    public static void MapMaintenance(this IEndpointRouteBuilder operators)
    {
        var maintenance = operators.ServiceProvider.GetRequiredService<MaintenanceEndpoints>();
        operators.MapGet("/maintenance", (Delegate)maintenance.ListAsync)
            .WithSummary("Maintenance of all channels: configured, announced by companies, planned by operators")
            .WithDescription("Without what is over. By channel, what is open first.")
            .Takes("channel", Shapes.Text(TextRule.Id))
            .Gives<ListBody<MaintenanceBody>>(200, "All of it.")
            .Refuses([.. Problems.Viewers, "not_found"]);
        operators.MapPost("/maintenance", (Delegate)maintenance.AddAsync)
            .WithSummary("Plan a channel's maintenance, once or week by week")
            .WithDescription(Planning)
            .TakesJson(Plan)
            .Gives<MaintenanceBody>(200, "The maintenance, with the id that takes it back.")
            .Refuses([.. Problems.ChannelChanges, "too_many_maintenances", "not_served"]);
        operators.MapDelete("/maintenance/{id}", (Delegate)maintenance.RemoveAsync)
            .WithSummary("Take a planned maintenance back")
            .WithDescription(
                "One that is over, or was taken back, is no error; one that there never was is. What is configured or announced "
                + "has no id: the configuration, or enabling the channel, ends it.")
            .Takes("id", Shapes.Plain(3, 80, "As the list has it."), services => $"{ChannelParameters.ChannelId(services)}.1")
            .TakesJson(ChannelBodies.Inclusion)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .Refuses(Problems.ChannelChanges);
    }

    public static void MapDowntimes(this IEndpointRouteBuilder routes)
    {
        var downtimes = routes.ServiceProvider.GetRequiredService<DowntimeEndpoints>();
        var group = routes.MapGroup("/v1").WithTags("Payments").WithMetadata(new AudienceMark(Audience.Merchants));
        group.MapGet("/downtimes", (Delegate)downtimes.ListAsync)
            .WithName("listDowntimes")
            .WithSummary("When payments of a product or bank cannot be made")
            .WithDescription(Downtimes)
            .Gives<ListBody<DowntimeBody>>(200, "What is open first, then in order.")
            .Refuses(Problems.Merchants);
    }

    private static OpenApiSchema Days() => new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        Items = Shapes.Text(MaintenanceReader.Day),
        MaxItems = MaintenanceReader.MostDays,
        Description = "`*` is every day. Without days it comes once.",
    }.OrNull();
}
