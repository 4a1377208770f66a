using System.Text;
using Akka.Actor;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The merchant may have rows that its lane has not read. Sent when rows are written and every few seconds besides, which
/// also starts a lane without owner.
/// </summary>
public sealed record WakeWebhooks(MerchantId Merchant);

/// <summary>Finish and record the running calls, then stop.</summary>
public sealed record StopWebhooks : INoSerializationVerificationNeeded
{
    public static readonly StopWebhooks Instance = new();
}

/// <summary>Sends one webhook and ends as an outcome, never as an exception of the network.</summary>
public interface IWebhookSender : IDisposable
{
    Task<DeliveryOutcome> SendAsync(DueNotification notification, CancellationToken stopped);
}

/// <summary>What nodes tell a merchant's lane, on whichever node it is.</summary>
public sealed class WebhookSerializer(ExtendedActorSystem system) : MessageSerializer(system, Kinds)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-notifications = "RouterCluster.Node.Webhooks.WebhookSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Webhooks.WakeWebhooks, RouterCluster.Node" = router-notifications
          }
        }
        """;

    private static readonly MessageKind[] Kinds =
    [
        new(
            typeof(WakeWebhooks), "NW1", wake => Encoding.UTF8.GetBytes(((WakeWebhooks)wake).Merchant.Value),
            bytes => new WakeWebhooks(MerchantId.Unchecked(Encoding.UTF8.GetString(bytes)))),
    ];

    public override int Identifier => 4205;
}
