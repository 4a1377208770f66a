using System.Net;
using System.Text.Json;
using RouterCluster.Simulator.Channels;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Control;

/// <summary>Controls for tests and demos: unsigned, and on the shared port only.</summary>
internal sealed class ControlEndpoints(ChannelDirectory channels, IPAddress bind)
{
    public const string Root = "_control";

    public Task HandleAsync(HttpContext context, string path)
    {
        var method = context.Request.Method;
        if (path.Length == 0)
        {
            return HttpMethods.IsGet(method)
                ? ControlAnswers.ChannelsAsync(context, channels.All, Host())
                : NotAllowedAsync(context);
        }

        var slash = path.IndexOf('/');
        var name = slash < 0 ? path : path[..slash];
        var part = slash < 0 ? "" : path[(slash + 1)..];
        if (part is not ("" or "log" or "books") || channels.Find(name) is not { } channel)
        {
            return ControlAnswers.NothingAsync(context);
        }

        switch (part, method)
        {
            case ("", "GET"):
                return ControlAnswers.SettingsAsync(context, channel, channel.Settings);
            case ("", "PUT"):
                return ChangeAsync(context, channel);
            case ("log", "GET"):
                return ControlAnswers.LogAsync(context, channel);
            case ("log", "DELETE"):
                channel.ForgetCalls();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            case ("books", "GET"):
                return ControlAnswers.BooksAsync(context, channel);
            default:
                return NotAllowedAsync(context);
        }
    }

    private static async Task ChangeAsync(HttpContext context, SimulatedChannel channel)
    {
        try
        {
            using var body = JsonDocument.Parse(await RequestBody.ReadAsync(context.Request));
            var errors = channel.Change(current => SettingsPatch.Read(body.RootElement, current));
            await (errors.Count == 0
                ? ControlAnswers.SettingsAsync(context, channel, channel.Settings)
                : RefuseAsync(context, StatusCodes.Status400BadRequest, errors));
        }
        catch (JsonException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, ["the body: it is not JSON"]);
        }
        catch (BadHttpRequestException failure)
        {
            var limit = $"the body: at most {RequestBody.LimitBytes} bytes are read";
            await RefuseAsync(context, failure.StatusCode, [limit]);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, IReadOnlyList<string> errors) =>
        ControlAnswers.ProblemAsync(context, status, string.Join("; ", errors), errors);

    private static Task NotAllowedAsync(HttpContext context) =>
        ControlAnswers.ProblemAsync(context, StatusCodes.Status405MethodNotAllowed, "This method does nothing here.", []);

    private string Host()
    {
        var address = bind.Equals(IPAddress.Any) ? IPAddress.Loopback : bind;
        return address.Equals(IPAddress.IPv6Any) ? "[::1]" : address.ToString();
    }
}
