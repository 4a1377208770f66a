using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>A secret that changes: first at the company or first with us, under load.</summary>
public sealed class HttpJsonSecretTests : IDisposable
{
    private const string Old = "old-secret-of-alpha";
    private const string New = "new-secret-of-alpha";
    private const string OrderNo = "A1B2C3D4";
    private const int Calls = 60;

    private static readonly Money Amount = new(12000, new Currency("CNY"));
    private static readonly AccountDetails Account = new("6222020000000001", null, null, null, null);

    private readonly CancellationTokenSource _inTime = new(TimeSpan.FromSeconds(20));
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _inTime.Dispose();

    /// <summary>The company takes both secrets while it changes, and begins to sign with the new one at some moment.</summary>
    [Theory]
    [InlineData(Old, New)]
    [InlineData(New, Old)]
    public async Task A_change_under_load_makes_no_order_unknown(string first, string second)
    {
        var companySecret = Old;
        var answers = Enumerable.Range(0, Calls).Select(_ => AnswerWith(() => Volatile.Read(ref companySecret)));
        await using var psp = new ScriptedPsp([.. answers]);
        using var protocol = Connect(psp.BaseUrl, first, second);
        var account = Account;
        var ends = new List<Outcome>();
        for (var at = 0; at < Calls; at += 4)
        {
            if (at >= Calls / 2)
            {
                Volatile.Write(ref companySecret, New);
            }

            var submits = Enumerable.Range(0, 3).Select(_ => protocol.SubmitAsync(
                new(OrderNo, Product.Payout, Amount, account, null, () => true), _inTime.Token)).ToArray();
            var query = protocol.QueryAsync(new QueryCall(OrderNo, Product.Payout, Amount), _inTime.Token);
            ends.AddRange((await Task.WhenAll([.. submits, query])).Select(end => end.Outcome));
        }

        Assert.Equal(Calls, ends.Count);
        Assert.All(ends, end => Assert.Equal((OutcomeClass.Success, "00"), (end.Class, end.Code)));
        Assert.All(psp.Requests, request => Assert.Equal(first, SignerOf(request)));
        Assert.All([Old, New], secret => Assert.IsType<NoticeReading.Told>(Noticed(protocol, secret)));
    }

    [Fact]
    public async Task A_secret_that_is_not_listed_verifies_nothing()
    {
        await using var psp = new ScriptedPsp(AnswerWith(() => "another-secret"));
        using var protocol = Connect(psp.BaseUrl, New, Old);
        var end = await protocol.QueryAsync(new QueryCall(OrderNo, Product.Payout, Amount), _inTime.Token);

        Assert.Equal(Outcome.Unknown("bad_signature"), end.Outcome);
        Assert.IsType<NoticeReading.Forged>(Noticed(protocol, "another-secret"));
    }

    private static string Body => HttpJsonWire.Json(OrderNo, "succeeded", "00", Amount.Minor, Amount.Currency.Value);

    private static string? SignerOf(Received request)
    {
        var content = request.Body.Length > 0 ? request.Body : Encoding.UTF8.GetBytes(OrderNo);
        return new[] { Old, New }.SingleOrDefault(secret =>
            HttpJsonWire.Sign(request.Header("X-Timestamp")!, content, secret) == request.Header("X-Signature"));
    }

    private PspAct AnswerWith(Func<string> secret) => new(true, async (socket, stop) =>
    {
        await socket.SendAsync(
            HttpJsonWire.Signed(200, Encoding.UTF8.GetBytes(Body), _clock.GetUtcNow(), secret()), stop);
        return true;
    });

    private NoticeReading Noticed(HttpJsonProtocol protocol, string secret)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["X-Timestamp"] = timestamp,
            ["X-Signature"] = HttpJsonWire.Sign(timestamp, body, secret),
        };
        return protocol.ReadNotice(new NoticeCall(headers.GetValueOrDefault, body));
    }

    private HttpJsonProtocol Connect(Uri baseUrl, params string[] secrets) =>
        new(new HttpJsonSettings(baseUrl, HttpJsonWire.MerchantId, secrets, 4), _clock);
}
