using System.Collections.Concurrent;
using RouterCluster.Api;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>One event, which <c>after</c> it is none.</summary>
internal sealed class FakeMerchantWebhooks : IMerchantWebhooks
{
    public static readonly NotificationId Id = FakeNotifications.Id;

    public ConcurrentQueue<string> Done { get; } = new();

    public bool IsTesting { get; set; }

    public Task<EventPage?> EventsAsync(
        MerchantId merchant, ChannelMode mode, NotificationId? after, int limit, CancellationToken cancellation)
    {
        Done.Enqueue($"events of {merchant} {mode} after {after} limit {limit}");
        var payment = Samples.Rerouted(FakeNotifications.Payment, merchant, "A-1");
        EventPage? page = after switch
        {
            null => new EventPage([new WebhookEvent(Id, WebhookView.Render(NotificationType.PaymentSucceeded, payment))], Id),
            { } known when known == Id => new EventPage([], null),
            _ => null,
        };
        return Task.FromResult(page);
    }

    public Task<ResentWebhooks> ResendAsync(
        MerchantId merchant, ChannelMode mode, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        Done.Enqueue($"resend of {merchant} {mode} {from:u} {to:u}");
        return Task.FromResult(new ResentWebhooks(7, to));
    }

    public Task<WebhookTestedBody?> TestAsync(MerchantSettings merchant, string url, CancellationToken cancellation)
    {
        Done.Enqueue($"test of {merchant.Id} at {url}");
        return Task.FromResult(IsTesting ? null : new WebhookTestedBody("msg_test1", url, false, null, "not_connected", 12));
    }
}
