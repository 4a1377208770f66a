using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Sends as the merchant is configured now, so that a new secret signs the next webhook. Senders of earlier settings end with
/// the lane, because calls of theirs may still run. Used by one actor.
/// </summary>
internal sealed class CurrentWebhookSender(
    MerchantId merchant, ListInForce<MerchantSettings> merchants, Func<MerchantSettings, IWebhookSender> make) : IWebhookSender
{
    private readonly List<(MerchantSettings Settings, IWebhookSender Sender)> _senders = [];

    public Task<DeliveryOutcome> SendAsync(DueNotification notification, CancellationToken stopped)
    {
        var now = merchants.FirstOrDefault(one => one.Id == merchant);
        if (now is not { MayBeNotified: true })
        {
            return Task.FromResult(DeliveryOutcome.Unanswered("not_configured"));
        }

        if (_senders.Count == 0 || _senders[^1].Settings != now)
        {
            _senders.Add((now, make(now)));
        }

        return _senders[^1].Sender.SendAsync(notification, stopped);
    }

    public void Dispose() => _senders.ForEach(sender => sender.Sender.Dispose());
}
