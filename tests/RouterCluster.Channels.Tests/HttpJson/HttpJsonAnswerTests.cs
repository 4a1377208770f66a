using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>The fine print of this protocol's answers.</summary>
public sealed class HttpJsonAnswerTests : IDisposable
{
    private const string OrderNo = "A1B2C3D4";

    private static readonly Money Amount = new(12000, new Currency("CNY"));

    private readonly CancellationTokenSource _inTime = new(TimeSpan.FromSeconds(20));
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _inTime.Dispose();

    [Theory]
    [InlineData("12000", "\"12000\"")]
    [InlineData("12000", "12000.0")]
    [InlineData("12000", "1.2e4")]
    [InlineData("12000", "null")]
    [InlineData("\"A1B2C3D4\"", "null")]
    [InlineData("\"00\"", "0")]
    [InlineData("\"00\"", "null")]
    [InlineData("\"C2026\"", "\"\"")]
    [InlineData("\"C2026\"", "17")]
    [InlineData("\"C2026\"", "\"C\\n1\"")]
    [InlineData("\"C2026\"", "\"C12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("\"C2026\"", "\"\\ud800\"")]
    [InlineData("\"CNY\"}", "\"CNY\"} {}")]
    [InlineData("\"CNY\"}", "\"CNY\",\"x\":1,\"x\":2}")]
    [InlineData("\"CNY\"}", "\"CNY\",\"x\":[[[[[[[[[1]]]]]]]]]}")]
    public async Task A_body_that_is_not_exactly_right_is_unreadable(string right, string wrong)
    {
        var json = Json("succeeded", "00").Replace(right, wrong, StringComparison.Ordinal);
        Assert.Equal("bad_body", (await QueriedAsync(HttpJsonWire.Signed(200, json, _clock.GetUtcNow()))).Code);
        Assert.Equal("bad_body", (await SubmittedAsync(HttpJsonWire.Signed(200, json, _clock.GetUtcNow()))).Code);
    }

    [Fact]
    public async Task Properties_that_we_do_not_know_and_a_missing_message_are_no_fault()
    {
        var json = Json("succeeded", "00").Replace("\"message\":null", "\"more\":{\"a\":[1]}", StringComparison.Ordinal);
        Assert.Equal(OutcomeClass.Success, (await SubmittedAsync(HttpJsonWire.Signed(200, json, _clock.GetUtcNow()))).Class);
    }

    [Theory]
    [InlineData(200, "not_found", "34", 0, null, "contradiction")]
    [InlineData(404, "not_found", "34", 12000, null, "contradiction")]
    [InlineData(404, "not_found", "34", 0, "C2026", "contradiction")]
    [InlineData(404, "not_found", "00", 0, null, "contradiction")]
    [InlineData(404, "failed", "51", 12000, "C2026", "contradiction")]
    [InlineData(404, "succeeded", "00", 12000, "C2026", "contradiction")]
    [InlineData(500, "succeeded", "00", 12000, "C2026", "http_500")]
    [InlineData(201, "succeeded", "00", 12000, "C2026", "http_201")]
    public async Task Half_a_not_found_and_other_mixtures_say_nothing(
        int http, string status, string code, long amount, string? reference, string expected)
    {
        var json = HttpJsonWire.Json(OrderNo, status, code, amount, Amount.Currency.Value, reference);
        Assert.Equal(Outcome.Unknown(expected), (await QueriedAsync(HttpJsonWire.Signed(http, json, _clock.GetUtcNow()))) with { Message = null });
    }

    [Fact]
    public async Task Not_found_needs_no_currency()
    {
        var json = $$"""{"order_no":"{{OrderNo}}","channel_order_no":null,"status":"not_found","code":"34","message":"","amount":0}""";
        var outcome = await QueriedAsync(HttpJsonWire.Signed(404, json, _clock.GetUtcNow()));
        Assert.Equal(new Outcome(OutcomeClass.NotFound, Landing.Maybe, "34"), outcome);
    }

    [Fact]
    public async Task Not_found_of_another_order_or_with_a_wrong_signature_says_nothing()
    {
        var other = HttpJsonWire.Json("B1B2C3D4", "not_found", "34", 0, Amount.Currency.Value, null);
        Assert.Equal("wrong_order", (await QueriedAsync(HttpJsonWire.Signed(404, other, _clock.GetUtcNow()))).Code);

        var unsigned = Encoding.UTF8.GetBytes(HttpJsonWire.Json(OrderNo, "not_found", "34", 0, Amount.Currency.Value, null));
        Assert.Equal(Outcome.Unknown("http_404"), await QueriedAsync(HttpJsonWire.Http(404, unsigned, "")));
    }

    [Theory]
    [InlineData("X-Timestamp: {0}\r\nX-Timestamp: {0}\r\nX-Signature: {1}\r\n")]
    [InlineData("X-Timestamp: {0}\r\nX-Signature: {1}\r\nX-Signature: {1}\r\n")]
    [InlineData("X-Timestamp: {0}\r\nX-Signature: {1}00\r\n")]
    [InlineData("X-Timestamp: {0}\r\nX-Signature: zz\r\n")]
    [InlineData("X-Timestamp: +{0}\r\nX-Signature: {1}\r\n")]
    [InlineData("X-Signature: {1}\r\n")]
    public async Task Headers_that_are_doubled_or_odd_do_not_vouch(string headers)
    {
        var body = Encoding.UTF8.GetBytes(Json("succeeded", "00"));
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var written = string.Format(CultureInfo.InvariantCulture, headers, timestamp, HttpJsonWire.Sign(timestamp, body));
        Assert.Equal(Outcome.Unknown("bad_signature"), await SubmittedAsync(HttpJsonWire.Http(200, body, written)));
    }

    [Fact]
    public async Task An_answer_just_within_the_limit_is_read_and_one_that_never_ends_is_left()
    {
        var json = Json("succeeded", "00").PadRight(64 * 1024);
        Assert.Equal(OutcomeClass.Success, (await SubmittedAsync(HttpJsonWire.Signed(200, json, _clock.GetUtcNow()))).Class);

        var endless = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        Assert.Equal("body_too_large", (await QueriedAsync(PspAct.Pour(endless))).Code);
    }

    [Theory]
    [InlineData("6222020000000001")]
    [InlineData("a code with blanks")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    public async Task A_code_that_is_none_is_not_repeated(string code)
    {
        var outcome = await SubmittedAsync(HttpJsonWire.Signed(200, Json("failed", code), _clock.GetUtcNow()));
        Assert.Equal(Outcome.Unknown("unprintable_code"), outcome);
    }

    [Fact]
    public async Task A_code_that_is_not_listed_is_named()
    {
        var outcome = await SubmittedAsync(HttpJsonWire.Signed(200, Json("failed", "E_77"), _clock.GetUtcNow()));
        Assert.Equal(Outcome.Unknown("E_77"), outcome);
    }

    private static string Json(string status, string code) => HttpJsonWire.Json(OrderNo, status, code, Amount.Minor, Amount.Currency.Value);

    private Task<Outcome> QueriedAsync(byte[] answer) => QueriedAsync(PspAct.Send(answer));

    private async Task<Outcome> QueriedAsync(PspAct act)
    {
        await using var psp = new ScriptedPsp(act);
        using var protocol = Connect(psp);
        return (await protocol.QueryAsync(new QueryCall(OrderNo, Product.Payout, Amount), _inTime.Token)).Outcome;
    }

    private async Task<Outcome> SubmittedAsync(byte[] answer)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(answer));
        using var protocol = Connect(psp);
        var account = new AccountDetails("6222020000000001", null, null, null, null);
        return (await protocol.SubmitAsync(new(OrderNo, Product.Payout, Amount, account, null, () => true), _inTime.Token)).Outcome;
    }

    private HttpJsonProtocol Connect(ScriptedPsp psp) =>
        new(new HttpJsonSettings(psp.BaseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], 4), _clock);
}
