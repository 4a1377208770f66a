using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Views;

/// <summary>Takes spans by OTLP/HTTP and forgets them.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _bytes;

    private TraceCollector(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<TraceCollector> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        var app = builder.Build();
        var collector = new TraceCollector(app, address);
        app.MapPost("/v1/traces", collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        await request.Body.CopyToAsync(Stream.Null);
        Interlocked.Add(ref _bytes, request.ContentLength ?? 1);
    }
}
