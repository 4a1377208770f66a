using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RouterCluster.Cli.Tests;

internal sealed record SeenRequest(string Method, string Path, string? Authorization, string Body);

/// <summary>A listener on loopback that answers with canned bodies and remembers what it was asked.</summary>
internal sealed class StubNode : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, (int Status, byte[] Body)> _answers = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(int Status, byte[] Body)>> _first = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private StubNode()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public string Url => _server.Urls.Single();

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>Whether requests are read and never answered.</summary>
    public bool IsSilent { get; set; }

    public static async Task<StubNode> StartAsync()
    {
        var node = new StubNode();
        await node._server.StartAsync();
        return node;
    }

    /// <summary>Answers a request such as <c>GET /admin/v1/channels</c>; anything else is 404 without a body.</summary>
    public StubNode Answers(string request, string body, int status = 200)
    {
        _answers[request] = (status, Encoding.UTF8.GetBytes(body));
        return this;
    }

    /// <summary>Answers the next requests with one body each, and those after them as <see cref="Answers"/> says.</summary>
    public StubNode AnswersFirst(string request, params string[] bodies)
    {
        _first[request] = new(bodies.Select(body => (200, Encoding.UTF8.GetBytes(body))));
        return this;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Request.Path.ToUriComponent() + context.Request.QueryString;
        _seen.Enqueue(new SeenRequest(context.Request.Method, path, context.Request.Headers.Authorization, body));
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var request = $"{context.Request.Method} {path}";
        var isKnown = _first.TryGetValue(request, out var first) && first.TryDequeue(out var answer)
            || _answers.TryGetValue(request, out answer);
        context.Response.StatusCode = isKnown ? answer.Status : StatusCodes.Status404NotFound;
        await context.Response.Body.WriteAsync(isKnown ? answer.Body : []);
    }
}
