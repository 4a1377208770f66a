using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>Who may say until when the channel is closed: a signed refusal of an order, and nothing else.</summary>
public sealed class HttpJsonMaintenanceTests : IDisposable
{
    private const string OrderNo = "A1B2C3D4";

    private static readonly Money Amount = new(12000, new Currency("CNY"));
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource _inTime = new(TimeSpan.FromSeconds(20));
    private readonly FakeTimeProvider _clock = new(Now);

    public void Dispose() => _inTime.Dispose();

    [Theory]
    [InlineData("90", 90)]
    [InlineData("Sun, 01 Mar 2026 10:30:00 GMT", 9000)]
    [InlineData("0", 0)]
    public async Task A_signed_refusal_says_it_in_seconds_or_as_a_moment(string retryAfter, int seconds)
    {
        var end = await SubmittedAsync(WithHeader(Refusal(), retryAfter));

        Assert.Equal((OutcomeClass.ChannelMaintenance, Landing.NotLanded), (end.Outcome.Class, end.Outcome.Landing));
        Assert.Equal(Now.AddSeconds(seconds), end.ClosedUntil);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    public async Task What_cannot_be_read_says_nothing(string retryAfter)
    {
        var end = await SubmittedAsync(WithHeader(Refusal(), retryAfter));

        Assert.Equal((OutcomeClass.ChannelMaintenance, null), (end.Outcome.Class, end.ClosedUntil));
    }

    [Fact]
    public async Task A_refusal_without_it_says_nothing() =>
        Assert.Null((await SubmittedAsync(Refusal())).ClosedUntil);

    [Fact]
    public async Task Nobody_is_believed_who_has_not_signed()
    {
        var forged = System.Text.Encoding.UTF8.GetBytes(Json("failed", "39"));
        Assert.Null((await SubmittedAsync(WithHeader(HttpJsonWire.Http(200, forged, ""), "90"))).ClosedUntil);
        Assert.Null((await SubmittedAsync(WithHeader(HttpJsonWire.Http(503, forged, ""), "90"))).ClosedUntil);
        Assert.Null((await SubmittedAsync(WithHeader(HttpJsonWire.Http(429, forged, ""), "90"))).ClosedUntil);
    }

    [Fact]
    public async Task A_signed_answer_of_another_time_order_or_meaning_is_not_believed()
    {
        var stale = HttpJsonWire.Signed(200, Json("failed", "39"), Now.AddMinutes(-6));
        var other = HttpJsonWire.Signed(200, Json("failed", "39", "ANOTHER1"), Now);
        var answers = new[] { stale, other, Signed("failed", "33"), Signed("succeeded", "00"), Signed("failed", "TOO_FAST") };
        foreach (var answer in answers)
        {
            Assert.Null((await SubmittedAsync(WithHeader(answer, "90"))).ClosedUntil);
        }
    }

    [Fact]
    public async Task A_query_speaks_of_the_order_and_not_of_now()
    {
        var answer = WithHeader(Refusal(), "90");
        await using var psp = new ScriptedPsp(PspAct.Send(answer));
        using var protocol = Connect(psp);

        var end = await protocol.QueryAsync(new QueryCall(OrderNo, Product.Withhold, Amount), _inTime.Token);

        Assert.Equal((OutcomeClass.ChannelMaintenance, null), (end.Outcome.Class, end.ClosedUntil));
    }

    private static byte[] Refusal() => Signed("failed", "39");

    private static byte[] Signed(string status, string code) => HttpJsonWire.Signed(200, Json(status, code), Now);

    private static string Json(string status, string code, string orderNo = OrderNo) =>
        HttpJsonWire.Json(orderNo, status, code, Amount.Minor, Amount.Currency.Value);

    private static byte[] WithHeader(byte[] answer, string retryAfter)
    {
        var text = System.Text.Encoding.Latin1.GetString(answer);
        return System.Text.Encoding.Latin1.GetBytes(
            text.Replace("Content-Type:", $"Retry-After: {retryAfter}\r\nContent-Type:", StringComparison.Ordinal));
    }

    private async Task<CallEnd> SubmittedAsync(byte[] answer)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(answer));
        using var protocol = Connect(psp);
        var account = new AccountDetails("6222020000000001", "Zhang San", "ICBC", null, null);
        return await protocol.SubmitAsync(
            new SubmitCall(OrderNo, Product.Withhold, Amount, account, null, () => true), _inTime.Token);
    }

    private HttpJsonProtocol Connect(ScriptedPsp psp) =>
        new(new HttpJsonSettings(psp.BaseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], 2), _clock);
}
