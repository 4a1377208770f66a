using System.Text.Json;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Console;

/// <summary>Signs operators in and out of the console: a token becomes a session, and is not kept by the page.</summary>
internal sealed partial class SessionEndpoints(
    NodeSettings node, OperatorAccess access, OperatorSessions sessions, SameOrigin origin, ILogger<SessionEndpoints> logger)
{
    private static readonly string[] Names = ["token"];
    private static readonly TextRule Token = TextRule.Free(TokenRules.Longest);

    /// <summary>Answers with nobody where nobody is signed in: a page that asks has done nothing wrong.</summary>
    public Task GetAsync(HttpContext context) =>
        ShowAsync(context, origin.WhyRefused(context.Request) is null ? access.SignedIn(context) : null);

    public async Task OpenAsync(HttpContext context)
    {
        if (origin.WhyRefused(context.Request) is { } why)
        {
            await context.RefuseAsync(why);
            return;
        }

        var (token, wrong) = await JsonBody.ReadAsync(context.Request, 0, (json, _, errors) => ReadToken(json, errors));
        var person = (OperatorSettings?)null;
        if ((wrong ?? access.Recognises(context, token!, out person)) is { } refusal)
        {
            await context.RefuseAsync(refusal);
            return;
        }

        Close(context);
        SessionCookie.Set(context, sessions.Open(person!));
        LogSignedIn(person!.Name);
        await ShowAsync(context, person);
    }

    public Task CloseAsync(HttpContext context)
    {
        if (origin.WhyRefused(context.Request) is { } why)
        {
            return context.RefuseAsync(why);
        }

        Close(context);
        SessionCookie.Remove(context);
        return ShowAsync(context, null);
    }

    private static string? ReadToken(JsonElement json, FieldErrors errors) =>
        new ObjectFields(json, "", Names, errors).Text("token", Token, isRequired: true);

    private void Close(HttpContext context)
    {
        if (SessionCookie.Of(context) is { } ticket)
        {
            sessions.Close(ticket);
        }
    }

    private Task ShowAsync(HttpContext context, OperatorSettings? person) => context.JsonAsync(
        StatusCodes.Status200OK,
        new SessionBody(
            node.Mode == ChannelMode.Live ? "live" : "sandbox",
            node.Environment,
            person is null
                ? null
                : new OperatorBody(person.Name, [.. person.Roles.Order().Select(role => role.ToString().ToLowerInvariant())])),
        ConsoleJson.Default.SessionBody);

    [LoggerMessage(Level = LogLevel.Information, Message = "Operator {Operator} signed in at the console")]
    private partial void LogSignedIn(string @operator);
}
