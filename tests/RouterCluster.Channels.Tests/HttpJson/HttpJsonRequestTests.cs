using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>Requests, byte by byte as the company reads them.</summary>
public sealed class HttpJsonRequestTests : IDisposable
{
    private readonly CancellationTokenSource _inTime = new(TimeSpan.FromSeconds(20));
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    private string Timestamp => _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _inTime.Dispose();

    [Fact]
    public async Task An_order_is_posted_with_all_its_fields_and_signed()
    {
        var request = await SubmittedAsync(new SubmitCall(
            "A1B2C3D4", Product.Withhold, Cny(12000), new("6222020000000001", "张三 \"San\"", "ICBC", "1101X", "138"),
            "https://router.example/v1/channels/alpha/notify", () => true));

        Assert.Equal("POST /alpha/orders HTTP/1.1", request.Line);
        Assert.Equal(("M1", Timestamp), (request.Header("X-Merchant"), request.Header("X-Timestamp")));
        Assert.Equal(HttpJsonWire.Sign(Timestamp, request.Body), request.Header("X-Signature"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            """
            {"order_no":"A1B2C3D4","product":"withhold","amount":12000,"currency":"CNY",
            "account":{"number":"6222020000000001","holder":"张三 \"San\"","bank":"ICBC","id_no":"1101X","phone":"138"},
            "notify_url":"https://router.example/v1/channels/alpha/notify"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public async Task What_is_not_given_is_left_out()
    {
        var request = await SubmittedAsync(new SubmitCall(
            "A1B2C3D4", Product.Payout, Cny(1), new("6222020000000001", null, null, null, null), null, () => true));
        Assert.Equal(
            """{"order_no":"A1B2C3D4","product":"payout","amount":1,"currency":"CNY","account":{"number":"6222020000000001"}}""",
            Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public async Task Nothing_but_the_protocols_own_headers_goes_out()
    {
        using var activity = new System.Diagnostics.Activity("caller").Start();
        var request = await SubmittedAsync(new SubmitCall(
            "A1B2C3D4", Product.Payout, Cny(1), new("6222020000000001", null, null, null, null), null, () => true));
        Assert.Equal(
            ["Content-Length", "Content-Type", "Host", "X-Merchant", "X-Signature", "X-Timestamp"],
            request.Head.Split("\r\n").Skip(1).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public async Task A_query_signs_the_order_number()
    {
        await using var psp = new ScriptedPsp(PspAct.CloseAfterReading);
        using var protocol = Connect(psp.BaseUrl);
        await protocol.QueryAsync(new QueryCall("A1B2C3D4", Product.Payout, Cny(1)), _inTime.Token);
        var request = Assert.Single(psp.Requests);
        Assert.Equal(("GET /alpha/orders/A1B2C3D4 HTTP/1.1", "M1"), (request.Line, request.Header("X-Merchant")));
        Assert.Equal(HttpJsonWire.Sign(Timestamp, "A1B2C3D4"u8.ToArray()), request.Header("X-Signature"));
        Assert.Empty(request.Body);
    }

    [Fact]
    public async Task A_slash_at_the_base_addresss_end_makes_no_difference()
    {
        await using var psp = new ScriptedPsp(PspAct.CloseAfterReading);
        using var protocol = Connect(new Uri(psp.BaseUrl + "/"));
        await protocol.QueryAsync(new QueryCall("A1B2C3D4", Product.Payout, Cny(1)), _inTime.Token);
        Assert.Equal("GET /alpha/orders/A1B2C3D4 HTTP/1.1", Assert.Single(psp.Requests).Line);
    }

    /// <summary>Requests are written into memory that a thread keeps: one must not show through in the next.</summary>
    [Fact]
    public async Task Many_requests_at_once_do_not_mix()
    {
        const int Count = 200;
        await using var psp = new ScriptedPsp([.. Enumerable.Repeat(PspAct.CloseAfterReading, Count)]);
        using var protocol = Connect(psp.BaseUrl);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(no => protocol.SubmitAsync(
            new SubmitCall(
                $"ORDER{no:D5}", Product.Payout, Cny(no + 1), new($"62220200000{no:D5}", new string('x', no), null, null, null),
                null, () => true),
            _inTime.Token)));

        var expected = Enumerable.Range(0, Count).Select(no =>
            $$$"""{"order_no":"ORDER{{{no:D5}}}","product":"payout","amount":{{{no + 1}}},"currency":"CNY","""
            + $$$"""
            "account":{"number":"62220200000{{{no:D5}}}","holder":"{{{new string('x', no)}}}"}}
            """);
        Assert.Equal(expected, psp.Requests.Select(request => Encoding.UTF8.GetString(request.Body)).Order(StringComparer.Ordinal));
        Assert.All(psp.Requests, request => Assert.Equal(HttpJsonWire.Sign(Timestamp, request.Body), request.Header("X-Signature")));
    }

    private HttpJsonProtocol Connect(Uri baseUrl) =>
        new(new HttpJsonSettings(baseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], 16), _clock);

    private async Task<Received> SubmittedAsync(SubmitCall call)
    {
        await using var psp = new ScriptedPsp(PspAct.CloseAfterReading);
        using var protocol = Connect(psp.BaseUrl);
        await protocol.SubmitAsync(call, _inTime.Token);
        return Assert.Single(psp.Requests);
    }

    private static Money Cny(long minor) => new(minor, new Currency("CNY"));
}
