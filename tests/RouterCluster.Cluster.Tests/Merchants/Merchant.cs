using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>A business line that pays over HTTP, with connections of its own.</summary>
internal sealed class Merchant : IDisposable
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    public Merchant(string url, string key, TimeSpan? patience = null)
    {
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = patience ?? UsualPatience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<Reply> PayAsync(string orderNo, string bank = "ICBC", string product = "withhold", int wait = 10) =>
        AskAsync(() =>
        {
            var account = new { number = "6222020000000001", holder = "Zhang San", bank };
            var body = new { order_no = orderNo, product, amount = 12000, currency = "CNY", account };
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payments") { Content = JsonContent.Create(body) };
            request.Headers.Add("Prefer", $"wait={wait}");
            return request;
        });

    public Task<Reply> FindAsync(string orderNo) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, $"/v1/payments?order_no={orderNo}"));

    /// <summary>As the node writes it.</summary>
    public Task<string> DowntimesAsync() => _http.GetStringAsync(new Uri("/v1/downtimes", UriKind.Relative));

    public void Dispose() => _http.Dispose();

    private async Task<Reply> AskAsync(Func<HttpRequestMessage> request)
    {
        try
        {
            using var message = request();
            using var answer = await _http.SendAsync(message);
            var body = await answer.Content.ReadAsByteArrayAsync();
            var status = (int)answer.StatusCode;
            var retryAfter = answer.Headers.RetryAfter?.Delta;
            return answer.IsSuccessStatusCode
                ? new Reply(status, null, retryAfter, JsonSerializer.Deserialize<SeenPayment>(body, Wire.Json))
                : new Reply(status, CodeIn(body), retryAfter, null);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return Reply.None;
        }
    }

    private static string? CodeIn(byte[] problem) =>
        JsonSerializer.Deserialize<JsonElement>(problem).GetProperty("code").GetString();
}

/// <param name="Status">HTTP status; 0: the connection broke, and nobody knows.</param>
internal sealed record Reply(int Status, string? Code, TimeSpan? RetryAfter, SeenPayment? Payment)
{
    public static readonly Reply None = new(0, null, null, null);

    public bool IsAcknowledged => Status is 200 or 201;

    /// <summary>The payment may have been stored: it has to be asked again under the same number.</summary>
    public bool IsUnclear => Status is 0 or 409;

    /// <summary>Refused before anything was stored, to be tried later.</summary>
    public bool IsBusy => Status is 429 or 503;
}

internal sealed record SeenPayment(
    string Id, string OrderNo, string State, string? Channel, SeenFailure? Failure, SeenAttempt[] Attempts)
{
    /// <summary>Nothing more happens to it by itself.</summary>
    public bool HasEnded => State is "succeeded" or "failed" or "closed" or "suspended";
}

internal sealed record SeenFailure(string Class, string? Code);

internal sealed record SeenAttempt(int No, string Channel, string OrderNo, string State, string Class, string? Code);
