using Akka.Hosting;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Console;

internal static class ConsoleHosting
{
    private const string Stream = """
        Server-sent events: `channels` (`full` with all channels at first, then with those that changed), `alerts`, `cases`,
        `audit`, `cluster`, `storage`, `history` (success rates of the last ten minutes) and `beat`, every few seconds. `end`
        means that the session is over. A client that connects again gets everything again; one that reads slowly skips values.
        """;

    public static IServiceCollection AddConsole(this IServiceCollection services) => services
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
        operators.MapGet("/events", (Delegate)events.StreamAsync)
            .WithMetadata(new StreamMark())
            .WithSummary("What the console shows, as it changes").WithDescription(Stream)
            .Produces<string>(200, "text/event-stream").Refuses([.. Problems.Viewers, "overloaded"]);
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
}
