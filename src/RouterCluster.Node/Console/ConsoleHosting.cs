using Akka.Hosting;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Events;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Console;

internal static class ConsoleHosting
{
    private const string Stream = """
        Server-sent events: `channels` (`full` with all channels at first, then with those that changed), `alerts`, `cases`,
        `audit`, `cluster`, `storage`, `history` (success rates of the last ten minutes) and `beat`, every few seconds. `end`
        means that the session is over. With `outcomes=true` also `outcomes`: for each channel how often which class and code
        was learnt of its attempts in this node's books, growing, with the last payment. A client that connects again gets
        everything again; one that reads slowly skips values.
        """;

    private const string Past = """
        With `since`: breakers, outages and other alerts, maintenance, operators' actions, routes (`policy`), configurations and
        nodes, newest first, out of what is stored: channels' journals, the audit trail, alerts (`router.alerts.keep-resolved`),
        nodes' rows (a day). What was done about a single payment is in the audit trail. `time`, `text` and `tags` are those of
        an annotation. A page may be shorter than `limit` although there is a `next`: so many rows were looked at.
        """;

    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddCommitSubscriber<LiveOutcomes>()
        .AddSingleton<LiveFeed>()
        .AddSingleton<EventEndpoints>().AddSingleton<SessionEndpoints>().AddSingleton<PageFiles>();

    public static AkkaConfigurationBuilder WithConsole(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors((system, _) => system.ActorOf(
            SignOutActor.Props(services.GetRequiredService<SignOuts>(), services.GetRequiredService<RouterClock>()),
            "console-sign-outs"));

    public static void MapConsole(this IEndpointRouteBuilder operators)
    {
        var events = operators.ServiceProvider.GetRequiredService<EventEndpoints>();
        var sessions = operators.ServiceProvider.GetRequiredService<SessionEndpoints>();
        var past = operators.ServiceProvider.GetRequiredService<PastEventEndpoints>();
        operators.MapGet(
                "/events",
                (HttpContext context, string? since, string? until, string? channel, string? kind, string? outcomes,
                        string? cursor, string? limit) =>
                    since is null && cursor is null
                        ? events.StreamAsync(context, isWithOutcomes: outcomes == "true")
                        : past.ListAsync(context, new PastEventQuery(since, until, channel, kind, cursor, limit)))
            .WithMetadata(new StreamMark())
            .WithSummary("What the console shows, as it changes; with `since`, what has happened since then")
            .WithDescription($"{Stream}\n\n{Past}")
            .Takes("since", Moment("A list of what happened then or later, instead of the stream"), _ => "1h")
            .Takes("until", Moment("Only what happened before then"))
            .Takes("channel", Shapes.Text(TextRule.Id))
            .Takes("kind", Shapes.Words(EventKinds.All))
            .Takes("outcomes", Shapes.Words(["true", "false"], "The stream has `outcomes`, too."))
            .TakesPages()
            .Gives<ListBody<RouterEventBody>>(200, "The stream; with `since`, one page.")
            .GivesStream(200)
            .Refuses([.. Problems.Lookups, "overloaded"]);
        operators.MapGet("/session", (Delegate)sessions.GetAsync).ExcludeFromDescription();
        operators.MapPost("/session", (Delegate)sessions.OpenAsync).ExcludeFromDescription();
        operators.MapDelete("/session", (Delegate)sessions.CloseAsync).ExcludeFromDescription();
    }

    public static void MapConsolePage(this IEndpointRouteBuilder routes)
    {
        var page = routes.ServiceProvider.GetRequiredService<PageFiles>();
        var mark = new AudienceMark(Audience.Operators);
        routes.MapGet("/", (RequestDelegate)page.FirstAsync).WithMetadata(mark);
        routes.MapGet("/console/{file}", (Delegate)page.GetAsync).WithMetadata(mark).ExcludeFromDescription();
    }

    private static OpenApiSchema Moment(string says) => new()
    {
        Type = JsonSchemaType.String, Description = $"{says}: a time, or how long ago such as 90s, 10m, 2h or 7d.",
    };
}
