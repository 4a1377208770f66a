using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>
/// A company that has signed what it says of an order is believed, in whatever letters it writes its text for people.
/// </summary>
public sealed class HttpJsonTextTests : IDisposable
{
    private const string OrderNo = "A1B2C3D4";
    private const string Placeholder = "@text@";

    private static readonly Money Amount = new(12000, new Currency("CNY"));
    private static readonly AccountDetails Account = new("6222020000000001", "张三", "ICBC", null, null);
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private static readonly Encoding Big5 = CodePagesEncodingProvider.Instance.GetEncoding("Big5")!;

    private readonly CancellationTokenSource _inTime = new(TimeSpan.FromSeconds(20));
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, byte[], string> Texts => new()
    {
        { "GBK", Gbk.GetBytes("余额不足"), "余额不足" },
        { "GBK with a backslash as second byte, at the end", Gbk.GetBytes("交易乗"), "交易乗" },
        { "GBK with a backslash as second byte, before an n", Gbk.GetBytes("乗n额"), "乗n额" },
        { "GBK with an escape", [.. Gbk.GetBytes("余额"), .. "\\u0035\\\"\\n1"u8], "余额5\" 1" },
        { "Big5", Big5.GetBytes("交易成功"), "ユ\uFFFD" },
        { "Latin 1", [(byte)'o', 0xE9, (byte)'k'], "o" },
        { "cut within a character", [.. "好"u8, 0xE5, 0xA5], "" },
        { "half a surrogate", "a\\ud800b"u8.ToArray(), "a\uFFFDb" },
        { "a raw line break and a zero", [(byte)'a', (byte)'\n', 0, (byte)'b'], "a\uFFFD\uFFFDb" },
    };

    public void Dispose() => _inTime.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_for_people_in_any_letters_decides_nothing(string letters, byte[] text, string shown)
    {
        foreach (var (status, code, @class) in new[]
            { ("succeeded", "00", OutcomeClass.Success), ("failed", "51", OutcomeClass.CustomerFunds) })
        {
            var body = Body(status, code, text);
            var submitted = await SubmittedAsync(body);
            var outcomes = new[] { submitted, await QueriedAsync(body), Noticed(body) };

            Assert.All(outcomes, outcome => Assert.Equal((letters, @class, code), (letters, outcome.Class, outcome.Code)));
            Assert.All(outcomes, outcome => Assert.Equal("C2026", outcome.ChannelOrderNo));
            Assert.True(letters is "Big5" || submitted.Message!.StartsWith(shown, StringComparison.Ordinal), submitted.Message);
        }
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_body_changes_nothing()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Body("succeeded", "00", "成功"u8.ToArray())];
        var right = new Outcome(OutcomeClass.Success, Landing.Landed, "00", "成功", "C2026");

        Assert.Equal(right, await SubmittedAsync(body));
        Assert.Equal(right, await QueriedAsync(body));
        Assert.Equal(right, Noticed(body));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("{\"zh\":\"余额不足\"}")]
    [InlineData("[\"余额不足\"]")]
    [InlineData("true")]
    public async Task Text_for_people_that_is_no_text_is_left_out(string value)
    {
        var json = Encoding.UTF8.GetString(Body("failed", "51", [])).Replace("\"\"", value, StringComparison.Ordinal);
        var outcome = await SubmittedAsync(Encoding.UTF8.GetBytes(json));
        Assert.Equal(new Outcome(OutcomeClass.CustomerFunds, Landing.Landed, "51", null, "C2026"), outcome);
    }

    [Fact]
    public async Task The_account_is_hidden_in_text_of_any_letters()
    {
        var outcome = await SubmittedAsync(Body("failed", "51", Gbk.GetBytes($"张三的卡{Account.Number}余额不足")));
        Assert.Equal("***的卡***余额不足", outcome.Message);

        // Half a surrogate makes the parser give up on the text; digits that are written as escapes are still found.
        var digits = string.Concat(Account.Number.Select(digit => $"\\u{(int)digit:x4}"));
        outcome = await SubmittedAsync(Body("failed", "51", Encoding.UTF8.GetBytes($"\\ud800{digits}")));
        Assert.Equal("\uFFFD***", outcome.Message);
    }

    [Fact]
    public async Task Where_bytes_decide_they_must_be_right()
    {
        foreach (var (right, wrong) in new[]
            { ("\"00\"", "\"0\u00010\""), ("\"succeeded\"", "\"succeeded\u0001\""), ("\"A1B2C3D4\"", "\"A1B2C3D4\u0001\"") })
        {
            var json = Encoding.UTF8.GetString(Body("succeeded", "00", [])).Replace(right, wrong, StringComparison.Ordinal);
            Assert.Equal(OutcomeClass.Unknown, (await SubmittedAsync(Encoding.UTF8.GetBytes(json))).Class);
        }

        // The customer has a say in the text: a quote that a double-byte letter swallows must not let it write fields.
        byte[] injected = [.. "x"u8, 0xBF, .. "\\\",\\\"status\\\":\\\"succeeded\\\",\\\"code\\\":\\\"00"u8];
        Assert.Equal(OutcomeClass.CustomerFunds, (await SubmittedAsync(Body("failed", "51", injected))).Class);
    }

    private static byte[] Body(string status, string code, byte[] text)
    {
        var json = HttpJsonWire.Json(OrderNo, status, code, Amount.Minor, Amount.Currency.Value, "C2026", Placeholder);
        var parts = json.Split(Placeholder);
        return [.. Encoding.UTF8.GetBytes(parts[0]), .. text, .. Encoding.UTF8.GetBytes(parts[1])];
    }

    private async Task<Outcome> QueriedAsync(byte[] body)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(HttpJsonWire.Signed(200, body, _clock.GetUtcNow())));
        using var protocol = Connect(psp.BaseUrl);
        return (await protocol.QueryAsync(new QueryCall(OrderNo, Product.Payout, Amount), _inTime.Token)).Outcome;
    }

    private async Task<Outcome> SubmittedAsync(byte[] body)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(HttpJsonWire.Signed(200, body, _clock.GetUtcNow())));
        using var protocol = Connect(psp.BaseUrl);
        var call = new SubmitCall(OrderNo, Product.Payout, Amount, Account, null, () => true);
        return (await protocol.SubmitAsync(call, _inTime.Token)).Outcome;
    }

    private Outcome Noticed(byte[] body)
    {
        using var protocol = Connect(new Uri("http://127.0.0.1:1/"));
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["X-Timestamp"] = timestamp,
            ["X-Signature"] = HttpJsonWire.Sign(timestamp, body),
        };
        var reading = protocol.ReadNotice(new NoticeCall(headers.GetValueOrDefault, body));
        return Assert.IsType<NoticeReading.Told>(reading).Notice.Outcome;
    }

    private HttpJsonProtocol Connect(Uri baseUrl) =>
        new(new HttpJsonSettings(baseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], 4), _clock);
}
