using System.Collections.Concurrent;
using System.Net;

namespace RouterCluster.Testing;

/// <summary>A call as a merchant's endpoint received it.</summary>
public sealed record ReceivedCall(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A merchant's endpoint on a loopback port: remembers what comes, and answers as it is told.</summary>
public sealed class WebhookReceiver : IDisposable
{
    private const int Attempts = 5;

    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private readonly Task _work;

    private WebhookReceiver(HttpListener listener, int port)
    {
        _listener = listener;
        Port = port;
        _work = WorkAsync();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hook";

    public IReadOnlyCollection<ReceivedCall> Calls => _calls;

    /// <summary>Answers; by default with 204.</summary>
    public Func<ReceivedCall, HttpListenerResponse, Task> OnCall { get; set; } = (_, response) =>
    {
        response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public static WebhookReceiver Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Next();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new WebhookReceiver(listener, port);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    public void Dispose()
    {
        _listener.Close();
        GC.KeepAlive(_work);
    }

    private async Task WorkAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.OfType<string>()
            .ToDictionary(name => name.ToLowerInvariant(), name => context.Request.Headers[name] ?? "");
        var call = new ReceivedCall(context.Request.RawUrl ?? "", headers, body.ToArray());
        _calls.Enqueue(call);
        try
        {
            await OnCall(call, context.Response);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The caller has gone, which is what some tests want of it.
        }
    }
}
