using System.Net;
using System.Net.Http.Headers;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels.HttpJson;

/// <summary>The generic protocol: signed JSON over HTTP/1.1, as the simulator speaks it.</summary>
public sealed class HttpJsonProtocol : IChannelProtocol, IDisposable
{
    public const string Name = "http-json";

    private const string MerchantHeader = "X-Merchant";
    private const string TimestampHeader = "X-Timestamp";
    private const string SignatureHeader = "X-Signature";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _merchantId;
    private readonly Uri _orders;
    private readonly TimeProvider _clock;
    private readonly HttpJsonSignature _signature;
    private readonly HttpJsonJudge _judge;

    // Submits and queries have separate connections, so that a channel that hangs on submits still answers queries.
    private readonly HttpMessageInvoker _submits;
    private readonly HttpMessageInvoker _queries;

    public HttpJsonProtocol(HttpJsonSettings settings, TimeProvider clock)
    {
        _merchantId = settings.MerchantId;
        _orders = new Uri(settings.BaseUrl.AbsoluteUri.TrimEnd('/') + "/orders");
        _clock = clock;
        _signature = new HttpJsonSignature(settings.Secrets);
        _judge = new HttpJsonJudge(_signature, settings.MerchantId, clock);
        _submits = ChannelHttp.Connect(settings.MaxConnections);
        _queries = ChannelHttp.Connect(settings.MaxConnections);
    }

    public async Task<CallEnd> SubmitAsync(SubmitCall call, CancellationToken timeout)
    {
        SubmitContent? content = null;
        try
        {
            var signed = HttpJsonOrder.Submit(call, _signature, _clock.GetUtcNow());
            content = new SubmitContent(signed.Body, Json, call.MayStillSend);
            using var request = Request(HttpMethod.Post, _orders, signed);
            request.Content = content;
            return await CallAsync(
                _submits, request, new(HttpJsonPhase.Submit, call.OrderNo, call.Amount, call.Account), timeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // For every kind of exception, only the state of the body tells whether the order can be at the channel.
            return CallFailure.OfSubmit(content?.Close() ?? SendState.NotStarted, exception, timeout);
        }
    }

    public async Task<CallEnd> QueryAsync(QueryCall call, CancellationToken timeout)
    {
        try
        {
            var signed = HttpJsonOrder.Query(call.OrderNo, _signature, _clock.GetUtcNow());
            var address = new Uri($"{_orders.AbsoluteUri}/{Uri.EscapeDataString(call.OrderNo)}");
            using var request = Request(HttpMethod.Get, address, signed);

            // The client silently repeats a request without content when its connection closes unanswered: the channel
            // would see a higher rate than the lane allows.
            request.Content = new ByteArrayContent([]);
            return await CallAsync(
                _queries, request, new(HttpJsonPhase.Query, call.OrderNo, call.Amount, null), timeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return CallFailure.OfQuery(exception, timeout);
        }
    }

    public NoticeReading ReadNotice(NoticeCall call) => _judge.Read(
        call.Header(TimestampHeader), call.Header(SignatureHeader), call.Header(MerchantHeader), call.Body);

    public void Dispose()
    {
        _submits.Dispose();
        _queries.Dispose();
    }

    private async Task<CallEnd> CallAsync(
        HttpMessageInvoker lane, HttpRequestMessage request, HttpJsonExpectation expected, CancellationToken timeout)
    {
        using var response = await lane.SendAsync(request, timeout).ConfigureAwait(false);
        using var answer = await SignedAnswer.ReceiveAsync(response, TimestampHeader, SignatureHeader, timeout).ConfigureAwait(false);
        var isOurs = _judge.IsOurs(SignedAnswer.Header(response, MerchantHeader));
        var outcome = _judge.Judge(answer, isOurs, expected);
        var isClosed = expected.Phase == HttpJsonPhase.Submit && outcome.Class == OutcomeClass.ChannelMaintenance;
        return new CallEnd(outcome, answer.WasLeft)
        {
            ClosedUntil = isClosed ? RetryAt(response) : null,
            Pause = outcome.Class == OutcomeClass.ChannelThrottled ? RetryAt(response) - _clock.GetUtcNow() : null,
        };
    }

    /// <summary>
    /// The body has no field for the end of a maintenance, so the Retry-After header gives it. The signature does not cover
    /// it: it is used from a signed refusal and from a 429, and whoever uses the moment limits it.
    /// </summary>
    private DateTimeOffset? RetryAt(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => _clock.GetUtcNow() + pause,
        { Date: { } moment } => moment,
        _ => null,
    };

    private HttpRequestMessage Request(HttpMethod method, Uri address, SignedRequest signed)
    {
        var request = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation(MerchantHeader, _merchantId);
        request.Headers.TryAddWithoutValidation(TimestampHeader, signed.Timestamp);
        request.Headers.TryAddWithoutValidation(SignatureHeader, signed.Signature);
        return request;
    }
}
