using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// Passes requests on to the node and measures how long its answers take, so that no command's paths are repeated here.
/// </summary>
internal sealed class AnswerClock : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _node;
    private readonly List<Answer> _answers = [];

    private AnswerClock(WebApplication app, Uri address, Uri node)
    {
        (_app, Address) = (app, address);
        _node = new HttpClient { BaseAddress = node };
    }

    public Uri Address { get; }

    public static async Task<AnswerClock> StartAsync(Uri node)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        var app = builder.Build();
        var clock = new AnswerClock(app, address, node);
        app.Run(clock.PassOnAsync);
        await app.StartAsync();
        return clock;
    }

    /// <summary>Those since the last call.</summary>
    public IReadOnlyList<Answer> Take()
    {
        lock (_answers)
        {
            Answer[] taken = [.. _answers];
            _answers.Clear();
            return taken;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _node.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var path = new Uri(context.Request.Path + context.Request.QueryString, UriKind.Relative);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), path);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (context.Request.ContentType is { } type)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        var begin = Stopwatch.GetTimestamp();
        using var response = await _node.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        lock (_answers)
        {
            _answers.Add(new Answer(Stopwatch.GetElapsedTime(begin), bytes));
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(bytes);
    }
}

/// <param name="Took">From the request to the last byte.</param>
internal sealed record Answer(TimeSpan Took, byte[] Body);
