using System.Net;
using System.Text;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Tests.Settings;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class WebhookSenderTests : IDisposable
{
    private const string First = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Second = "bmV3ZXIgc2VjcmV0IG9mIDI0IGJ5dGVz";
    private const string Body = """{"type":"payment.succeeded"}""";

    private readonly WebhookReceiver _receiver = WebhookReceiver.Start();

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task A_notification_carries_its_id_the_time_and_a_signature_for_every_secret()
    {
        using var sender = Sender();

        var outcome = await sender.SendAsync(Notification(_receiver.Url), CancellationToken.None);

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal((204, true), (outcome.Status, outcome.IsDelivered));
        Assert.Equal("msg_1", call.Headers[WebhookSignature.IdHeader]);
        Assert.Equal("application/json; charset=utf-8", call.Headers["content-type"]);
        Assert.Equal(Body, Encoding.UTF8.GetString(call.Body));
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Headers[WebhookSignature.TimestampHeader]));
        Assert.InRange(TimeProvider.System.GetUtcNow() - sentAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.All([First, Second], secret => Assert.True(MerchantsLibrary.Accepts(call, secret)));
        Assert.False(MerchantsLibrary.Accepts(call, "YW5vdGhlciBzZWNyZXQgb2YgMjQgYnl0"));
        Assert.False(MerchantsLibrary.Accepts(call with { Body = [.. call.Body, (byte)' '] }, First));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_is_not_followed(int status)
    {
        using var elsewhere = WebhookReceiver.Start();
        _receiver.OnCall = (_, response) =>
        {
            response.StatusCode = status;
            response.RedirectLocation = elsewhere.Url;
            return Task.CompletedTask;
        };
        using var sender = Sender();

        var outcome = await sender.SendAsync(Notification(_receiver.Url), CancellationToken.None);

        Assert.Equal((status, false), (outcome.Status, outcome.IsDelivered));
        Assert.Single(_receiver.Calls);
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task A_wish_to_wait_is_handed_on()
    {
        _receiver.OnCall = (_, response) =>
        {
            response.StatusCode = 429;
            response.Headers["Retry-After"] = "120";
            return Task.CompletedTask;
        };
        using var sender = Sender();

        var outcome = await sender.SendAsync(Notification(_receiver.Url), CancellationToken.None);

        Assert.Equal((429, TimeSpan.FromSeconds(120)), (outcome.Status, outcome.Pause));
    }

    [Fact]
    public async Task An_endpoint_that_hangs_is_given_up_after_the_time_limit()
    {
        var never = new TaskCompletionSource();
        _receiver.OnCall = (_, _) => never.Task;
        using var sender = Sender(timeout: TimeSpan.FromSeconds(2));

        var outcome = await sender.SendAsync(Notification(_receiver.Url), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unanswered("timeout"), outcome);
        Assert.Single(_receiver.Calls);
        never.SetResult();
    }

    [Fact]
    public async Task An_answer_without_end_does_not_hold_the_call()
    {
        var stopped = new TaskCompletionSource();
        _receiver.OnCall = async (_, response) =>
        {
            response.StatusCode = 200;
            response.SendChunked = true;
            await response.OutputStream.WriteAsync(new byte[64 * 1024]);
            await response.OutputStream.FlushAsync();
            await stopped.Task;
        };
        using var sender = Sender(timeout: TimeSpan.FromSeconds(30));

        var outcome = await sender.SendAsync(Notification(_receiver.Url), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(outcome.IsDelivered);
        stopped.SetResult();
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/hook")]
    [InlineData("http://2130706433:{0}/hook")]
    [InlineData("http://0x7f.1:{0}/hook")]
    [InlineData("http://127.1:{0}/hook")]
    [InlineData("http://0.0.0.0:{0}/hook")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/hook")]
    [InlineData("http://[::1]:{0}/hook")]
    [InlineData("http://[64:ff9b::127.0.0.1]:{0}/hook")]
    [InlineData("http://[2002:7f00:1::]:{0}/hook")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://localhost:{0}/hook")]
    [InlineData("https://localhost:{0}/hook")]
    public async Task A_URL_that_leads_inside_is_not_called(string url)
    {
        using var sender = Sender(allow: "[]");

        var outcome = await sender.SendAsync(
            Notification(string.Format(null, url, _receiver.Port)), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unanswered("address_refused"), outcome);
        Assert.Empty(_receiver.Calls);
    }

    [Fact]
    public async Task A_harmless_name_that_resolves_to_an_inner_address_is_not_called()
    {
        using var sender = Sender(allow: "[]", resolve: _ => [IPAddress.Loopback, IPAddress.IPv6Loopback]);

        var outcome = await sender.SendAsync(
            Notification($"http://hooks.shop.example:{_receiver.Port}/"), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unanswered("address_refused"), outcome);
        Assert.Empty(_receiver.Calls);
    }

    [Fact]
    public async Task A_name_is_judged_by_the_address_that_it_has_when_the_connection_is_made()
    {
        var asked = 0;
        using var sender = Sender(
            allow: "[\"127.0.0.2\"]", resolve: _ => [IPAddress.Parse(asked++ == 0 ? "127.0.0.2" : "127.0.0.1")]);

        // Nobody listens at the first address; at the second one somebody does, and must not hear of it.
        var first = await sender.SendAsync(Notification($"http://hook.shop:{_receiver.Port}/"), CancellationToken.None);
        var second = await sender.SendAsync(Notification($"http://hook.shop:{_receiver.Port}/"), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unanswered("not_connected"), first);
        Assert.Equal(DeliveryOutcome.Unanswered("address_refused"), second);
        Assert.Empty(_receiver.Calls);
    }

    [Fact]
    public async Task Our_own_listeners_are_not_called_unless_they_are_named_with_their_port()
    {
        var own = $"http://127.0.0.1:{_receiver.Port}";
        using var careless = Sender(allow: "[\"127.0.0.0/8\", \"localhost\"]", own: own);
        using var deliberate = Sender(allow: $"[\"127.0.0.1:{_receiver.Port}\"]", own: own);

        foreach (var url in new[] { $"{own}/hook", $"http://localhost:{_receiver.Port}/", $"http://127.0.0.3:{_receiver.Port}/" })
        {
            Assert.Equal(
                DeliveryOutcome.Unanswered("address_refused"),
                await careless.SendAsync(Notification(url), CancellationToken.None));
        }

        Assert.True((await deliberate.SendAsync(Notification($"{own}/hook"), CancellationToken.None)).IsDelivered);
    }

    [Fact]
    public void Our_own_listeners_are_known_by_every_address_of_this_machine_and_by_their_public_name()
    {
        var own = new OwnListeners(["http://0.0.0.0:8080", "https://pay.example"], 2552);

        Assert.True(own.Answer("any.example", IPAddress.Loopback, 8080));
        Assert.True(own.Answer("any.example", IPAddress.Parse("::ffff:127.0.0.1"), 2552));
        Assert.True(own.Answer("PAY.example", IPAddress.Parse("1.1.1.1"), 443));
        Assert.False(own.Answer("any.example", IPAddress.Parse("1.1.1.1"), 8080));
        Assert.False(own.Answer("any.example", IPAddress.Loopback, 9090));
    }

    [Fact]
    public async Task Nobody_listening_is_not_an_exception()
    {
        using var sender = Sender();

        var outcome = await sender.SendAsync(Notification($"http://127.0.0.1:{FreePort.Next()}/"), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unanswered("not_connected"), outcome);
    }

    private static DueNotification Notification(string url) => new(
        new NotificationId("msg_1"), new MerchantId("shop"), url, Encoding.UTF8.GetBytes(Body), 0, 0, IsHeld: false);

    private static WebhookSender Sender(
        string allow = "[\"127.0.0.0/8\"]", string own = "http://127.0.0.1:1", TimeSpan? timeout = null,
        Func<string, IPAddress[]>? resolve = null)
    {
        MerchantSettings shop = Given.Settings($$"""
            router.merchants.shop {
              keys = [ { token = t } ], notify-secret = ["whsec_{{First}}", "whsec_{{Second}}"], notify-allow = {{allow}}
            }
            """).Merchants[0];
        var connection = new GuardedConnection(
            shop.NotifyAllow, new OwnListeners([own]),
            (host, cancellation) => resolve is null
                ? Dns.GetHostAddressesAsync(host, cancellation)
                : Task.FromResult(resolve(host)));
        return new WebhookSender(shop, connection, timeout ?? TimeSpan.FromSeconds(15), TimeProvider.System);
    }
}
