using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

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

/// <summary>Identifier and manifest go to other nodes and never change.</summary>
public sealed class WebhookSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string WakeManifest = "NW1";

    public const string Hocon = """
        akka.actor {
          serializers.router-notifications = "RouterCluster.Node.Webhooks.WebhookSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Webhooks.WakeWebhooks, RouterCluster.Node" = router-notifications
          }
        }
        """;

    public override int Identifier => 4205;

    public override string Manifest(object o) => o is WakeWebhooks ? WakeManifest
        : throw new UnreachableException($"{o.GetType()} is not for a merchant's lane.");

    public override byte[] ToBinary(object obj) => obj is WakeWebhooks wake ? Encoding.UTF8.GetBytes(wake.Merchant.Value)
        : throw new UnreachableException($"{obj.GetType()} is not for a merchant's lane.");

    public override object FromBinary(byte[] bytes, string manifest) => manifest == WakeManifest
        ? new WakeWebhooks(MerchantId.Unchecked(Encoding.UTF8.GetString(bytes)))
        : throw new SerializationException($"A merchant's lane knows no manifest '{manifest}'.");
}
