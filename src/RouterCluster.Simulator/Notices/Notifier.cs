using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Notices;

/// <summary>
/// Tells merchants how their orders ended: tried once each, with limits on waiting and running calls. It reports the
/// books' truth with a right signature, whatever the mode does to answers.
/// </summary>
internal sealed class Notifier(SimulatorOptions options, Signatures signatures) : IDisposable
{
    private const int MostWaiting = 100_000;
    private const int MostRunning = 64;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _running = new(MostRunning);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = MostRunning,
    })
    { Timeout = Timeout };

    private int _waiting;

    public void Dispose()
    {
        _stopping.Cancel();
        _client.Dispose();
    }

    /// <summary>Sends when the order is final. Completes, never faulted, when all were received or given up.</summary>
    public async Task NotifyAsync(Order order, int times)
    {
        if (!Uri.TryCreate(order.NotifyUrl, UriKind.Absolute, out var address) || !IsHttp(address))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) <= MostWaiting)
            {
                await SendAsync(order, address, times);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private async Task SendAsync(Order order, Uri address, int times)
    {
        var untilFinal = order.Times.FinalAt - Environment.TickCount64;
        if (untilFinal > 0)
        {
            await Task.Delay((int)untilFinal, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        for (var sent = 0; sent < times && !_stopping.IsCancellationRequested; sent++)
        {
            await SendOnceAsync(address, signatures.Sign(order.AnswerAt(order.Times.FinalAt)));
        }
    }

    private async Task SendOnceAsync(Uri address, SignedMessage message)
    {
        await _running.WaitAsync();
        try
        {
            using var request = Request(address, message);
            using var response = await _client.SendAsync(request, _stopping.Token);
        }
        catch (Exception failure) when (failure
            is OperationCanceledException or HttpRequestException or ObjectDisposedException)
        {
            // Merchants must cope with lost notices.
        }
        finally
        {
            _running.Release();
        }
    }

    private HttpRequestMessage Request(Uri address, SignedMessage message)
    {
        var content = new ByteArrayContent(message.Body);
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("X-Merchant", options.MerchantId);
        request.Headers.Add("X-Timestamp", message.Timestamp);
        request.Headers.Add("X-Signature", message.Signature);
        return request;
    }
}
