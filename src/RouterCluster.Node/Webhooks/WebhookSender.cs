using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly.Timeout;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Posts a merchant's webhooks, signed anew at each attempt, without proxies, redirects or cookies, which could lead
/// elsewhere. Of the answer only the status and <c>Retry-After</c> are read. Polly ends calls at their timeout; its
/// breaker is not used, because each webhook that met it open would have failed an attempt. The lane narrows to one call
/// at a time instead.
/// </summary>
public sealed class WebhookSender : IWebhookSender
{
    private const string Agent = "RouterCluster";
    private const string SecretPrefix = "whsec_";
    private const int MostDrainedBytes = 16 * 1024;
    private const int MostHeaderKilobytes = 16;

    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After this time names are resolved, and their addresses checked, again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ReadOnlyMemory<byte>[] _secrets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;
    private readonly ResiliencePipelineSource _pipeline;

    public WebhookSender(MerchantSettings merchant, GuardedConnection connection, TimeSpan timeout, TimeProvider clock)
    {
        _secrets = [.. merchant.NotifySecrets.Select(secret => (ReadOnlyMemory<byte>)Convert.FromBase64String(
            secret.Value[SecretPrefix.Length..]))];
        _timeout = timeout;
        _clock = clock;
        _pipeline = new ResiliencePipelineSource(clock);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connection.ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = Lifetime,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = MostDrainedBytes,
        });
    }

    public async Task<DeliveryOutcome> SendAsync(DueNotification notification, CancellationToken stopped)
    {
        try
        {
            return await _pipeline.For(_timeout).ExecuteAsync(
                static async (state, token) => await state.Sender.PostAsync(state.Notification, token).ConfigureAwait(false),
                (Sender: this, Notification: notification), stopped).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return DeliveryOutcome.Unanswered("timeout");
        }
        catch (OperationCanceledException) when (!stopped.IsCancellationRequested)
        {
            // A connection that takes too long ends as a cancelled task, although nobody cancelled it.
            return DeliveryOutcome.Unanswered("not_connected");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return DeliveryOutcome.Unanswered(WordFor(failure));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<DeliveryOutcome> PostAsync(DueNotification notification, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, notification.Url);
        request.Content = new ReadOnlyMemoryContent(notification.Body);
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.Add(WebhookSignature.IdHeader, notification.Id.Value);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(now));
        request.Headers.Add(
            WebhookSignature.SignatureHeader,
            WebhookSignature.Sign(_secrets, notification.Id.Value, now, notification.Body.Span));
        using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        return DeliveryOutcome.Answered((int)response.StatusCode, RetryAfter(response, now));
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var pause = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - now;
        return pause > TimeSpan.Zero ? pause : null;
    }

    private static string WordFor(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefusedException)
            {
                return "address_refused";
            }
        }

        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls_failed",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name_not_found",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "not_connected",
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } =>
                "name_not_found",
            _ => "connection_lost",
        };
    }
}
