using System.Text;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly ReadOnlyMemory<byte> Secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void The_specifications_vector_is_met() =>
        Assert.Equal(Expected, WebhookSignature.Sign([Secret], Id, SentAt, Body));

    [Fact]
    public void Every_secret_signs_while_they_are_changed()
    {
        ReadOnlyMemory<byte> newer = Encoding.UTF8.GetBytes("another secret");

        var signatures = WebhookSignature.Sign([newer, Secret], Id, SentAt, Body).Split(' ');

        Assert.Equal([WebhookSignature.Sign([newer], Id, SentAt, Body), Expected], signatures);
        Assert.NotEqual(signatures[0], signatures[1]);
    }

    [Fact]
    public void Id_time_and_body_are_all_signed()
    {
        string[] others =
        [
            WebhookSignature.Sign([Secret], Id + "x", SentAt, Body),
            WebhookSignature.Sign([Secret], Id, SentAt.AddSeconds(1), Body),
            WebhookSignature.Sign([Secret], Id, SentAt, [.. Body, (byte)' ']),
        ];

        Assert.DoesNotContain(Expected, others);
        Assert.Equal(3, others.Distinct().Count());
    }

    [Fact]
    public void The_timestamp_is_in_whole_seconds() =>
        Assert.Equal("1614265330", WebhookSignature.Timestamp(SentAt.AddMilliseconds(999)));
}
