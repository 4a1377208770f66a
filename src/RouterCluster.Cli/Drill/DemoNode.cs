using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;

namespace RouterCluster.Cli.Drill;

/// <summary>
/// A node of the demo, with the demo's own credentials alone: these work on loopback and in sandbox mode only, so that no other
/// installation takes them.
/// </summary>
internal sealed class DemoNode : IDisposable
{
    private const string MerchantKey = "demo-key";
    private const string Secret = "sim-secret";

    private readonly HttpClient _http;
    private readonly Uri _root;
    private readonly RouterConnection _operator;
    private readonly RouterConnection _approver;

    public DemoNode(Uri url, HttpClient http, TimeSpan timeout)
    {
        (_http, _root) = (http, new Uri(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"));
        _operator = new RouterConnection(new Target(url, "demo-operator", Json: true), timeout);
        _approver = new RouterConnection(new Target(url, "demo-approver", Json: true), timeout);
    }

    public async Task<DrillView> LookAsync(CancellationToken cancellation) => new(
        (await AskAsync(_operator, RouterRequest.Get("channels"), ApiJson.Default.ChannelList, cancellation)).Items,
        (await AskAsync(_operator, RouterRequest.Get("alerts"), ApiJson.Default.AlertList, cancellation)).Items,
        (await AskAsync(_operator, RouterRequest.Get("cases"), ApiJson.Default.CaseList, cancellation)).Items);

    public Task SwitchAsync(string channel, string verb, string reason, CancellationToken cancellation) => AskAsync(
        _operator,
        RouterRequest.Post(
            $"channels/{Uri.EscapeDataString(channel)}/{verb}", new ChannelChangeRequest(reason),
            ApiJson.Default.ChannelChangeRequest),
        ApiJson.Default.ChannelBody, cancellation);

    public async Task ProposeAsync(string payment, string outcome, CancellationToken cancellation) => await AskAsync(
        _operator,
        RouterRequest.Post(
            $"cases/{payment}/proposals",
            new ProposalRequest(outcome, "incident drill", "the simulated company's books"), ApiJson.Default.ProposalRequest),
        ApiJson.Default.ProposalBody, cancellation);

    /// <summary>The second person approves the newest proposal, exactly as that person sees it.</summary>
    public async Task ApproveAsync(string payment, CancellationToken cancellation)
    {
        var seen = await AskAsync(_approver, RouterRequest.Get($"cases/{payment}"), ApiJson.Default.CaseBody, cancellation);
        if (seen.Proposals is not [.., var newest])
        {
            throw new DrillStoppedException($"the case of {payment} shows no proposal");
        }

        await AskAsync(
            _approver,
            RouterRequest.Post(
                string.Create(CultureInfo.InvariantCulture, $"cases/{payment}/proposals/{newest.No}/approve"),
                new ApprovalRequest(newest.Digest), ApiJson.Default.ApprovalRequest),
            ApiJson.Default.CaseBody, cancellation);
    }

    /// <returns>Null: it was refused, or there was no answer.</returns>
    public async Task<PaymentBody?> PayAsync(JsonObject payment, int waitSeconds, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, "v1/payments"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", MerchantKey);
        request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={waitSeconds}"));
        request.Content = new StringContent(payment.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new DrillStoppedException($"{_root} does not take the demo's merchant key: it is no demo");
            }

            return answer.IsSuccessStatusCode
                ? JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellation), ApiJson.Default.PaymentBody)
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    /// <summary>As the company would: a signed notice that the order of a payment has failed.</summary>
    public async Task TellOfFailureAsync(PaymentBody payment, CancellationToken cancellation)
    {
        var attempt = payment.Attempts[^1];
        var body = new JsonObject
        {
            ["order_no"] = attempt.OrderNo, ["channel_order_no"] = attempt.ChannelOrderNo, ["status"] = "failed", ["code"] = "51",
            ["message"] = "incident drill", ["amount"] = payment.Amount, ["currency"] = payment.Currency,
        }.ToJsonString();
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, $"v1/channels/{attempt.Channel}/notify"));
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"))));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new DrillStoppedException($"{_root} refused the simulated company's notice with {(int)answer.StatusCode}");
        }
    }

    public void Dispose()
    {
        _operator.Dispose();
        _approver.Dispose();
    }

    private async Task<T> AskAsync<T>(
        RouterConnection connection, RouterRequest request, JsonTypeInfo<T> shape, CancellationToken cancellation)
    {
        var reply = await connection.SendAsync(request, cancellation);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return reply switch
            {
                Answer { IsSuccess: true } answer => JsonSerializer.Deserialize(answer.Body, shape) ?? throw new JsonException(),
                Answer { Status: 401 or 403 } => throw new DrillStoppedException(
                    $"{_root} does not take the demo's credentials: it is no demo"),
                Answer refusal => throw new DrillStoppedException($"{_root} answered {refusal.Status} to {request.Path}"),
                Unreachable unreachable => throw new DrillStoppedException($"cannot reach {_root}: {unreachable.Why}"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (JsonException)
        {
            throw new DrillStoppedException($"{_root} answered with something that is not a router's answer");
        }
    }
}
