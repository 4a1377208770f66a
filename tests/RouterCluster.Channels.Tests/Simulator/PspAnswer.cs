using System.Net;
using System.Text.Json.Nodes;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed record PspAnswer(HttpStatusCode Http, string Text, bool IsSigned)
{
    public TimeSpan? RetryAfter { get; init; }

    public string Status => (string)Field("status")!;

    public string Code => (string)Field("code")!;

    public long Amount => (long)Field("amount")!;

    public string? ChannelOrderNo => (string?)Field("channel_order_no");

    public (string Status, string Code) Verdict => (Status, Code);

    public JsonNode? Field(string name) => JsonNode.Parse(Text)![name];

    public static async Task<PspAnswer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isSigned = response.Headers.TryGetValues("X-Timestamp", out var timestamp)
            && response.Headers.TryGetValues("X-Signature", out var signature)
            && SimulatedPsp.Sign(timestamp.Single(), text) == signature.Single();
        return new PspAnswer(response.StatusCode, text, isSigned) { RetryAfter = response.Headers.RetryAfter?.Delta };
    }
}
