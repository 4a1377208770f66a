using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Akka.Hosting;
using RouterCluster.Api;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <summary>What merchants do about their own webhooks.</summary>
public interface IMerchantWebhooks
{
    /// <returns>Null: there is no such event <paramref name="after"/> which to go on.</returns>
    Task<EventPage?> EventsAsync(
        MerchantId merchant, ChannelMode mode, NotificationId? after, int limit, CancellationToken cancellation);

    /// <summary>Sends again what was written down in the range, from its beginning on, a bounded number.</summary>
    Task<ResentWebhooks> ResendAsync(
        MerchantId merchant, ChannelMode mode, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation);

    /// <summary>Calls the merchant's URL once, now.</summary>
    /// <returns>Null: another test of the merchant's is running.</returns>
    Task<WebhookTestedBody?> TestAsync(MerchantSettings merchant, string url, CancellationToken cancellation);
}

internal sealed class MerchantWebhooks(
    WebhookEvents events, WebhookOutbox outbox, WebhookSenders senders, WebhookSettings settings,
    IRequiredActor<WebhookCallerActor> caller, RouterClock clock) : IMerchantWebhooks
{
    public const int MostResent = 1_000;
    public const string TestType = "webhook.test";
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int IdDigits = 24;

    private readonly ConcurrentDictionary<MerchantId, bool> _testing = new();

    public Task<EventPage?> EventsAsync(
        MerchantId merchant, ChannelMode mode, NotificationId? after, int limit, CancellationToken cancellation) =>
        events.ListAsync(
            merchant, mode, after, clock.Utc - Kept, clock.Utc - settings.Events.ListedAfter, limit, cancellation);

    public async Task<ResentWebhooks> ResendAsync(
        MerchantId merchant, ChannelMode mode, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var (ids, next) = await events.SentAsync(merchant, mode, from, to, MostResent, cancellation).ConfigureAwait(false);
        if (ids.Count == 0)
        {
            return new ResentWebhooks(0, next);
        }

        var now = clock.Utc;
        var record = new AuditEntry(
            $"resend/{merchant}/{now.ToUnixTimeMilliseconds()}", now, $"merchant {merchant}",
            FormattableString.Invariant($"{ids.Count} notifications sent again"), null,
            FormattableString.Invariant($"written from {from:u} to {to:u}"), null);
        var count = await outbox.ResendAsync(ids, record, now, cancellation).ConfigureAwait(false);
        caller.ActorRef.Tell(new WakeWebhooks(merchant), Akka.Actor.ActorRefs.NoSender);
        return new ResentWebhooks(count, next);
    }

    public async Task<WebhookTestedBody?> TestAsync(MerchantSettings merchant, string url, CancellationToken cancellation)
    {
        if (!_testing.TryAdd(merchant.Id, true))
        {
            return null;
        }

        try
        {
            using var sender = senders.For(merchant);
            var id = new NotificationId($"msg_test{RandomNumberGenerator.GetHexString(IdDigits, lowercase: true)}");
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new WebhookTestBody(TestType, clock.Utc, new WebhookTestData(merchant.Id.Value)),
                ApiJson.Default.WebhookTestBody);
            var startedAt = clock.Monotonic;
            var outcome = await sender.SendAsync(
                new DueNotification(id, merchant.Id, url, body, Attempts: 0, Round: 0, IsHeld: false), cancellation)
                .ConfigureAwait(false);
            return new WebhookTestedBody(
                id.Value, url, outcome.IsDelivered, outcome.Status, outcome.Error,
                (long)(clock.Monotonic - startedAt).TotalMilliseconds);
        }
        finally
        {
            _testing.TryRemove(merchant.Id, out _);
        }
    }
}
