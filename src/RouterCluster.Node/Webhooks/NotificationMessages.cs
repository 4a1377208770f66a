using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The merchant has rows that its lane may not know of. Sent when some are written and every few seconds besides, which
/// also starts a lane that has no owner.
/// </summary>
public sealed record WakeNotifications(MerchantId Merchant);

/// <summary>Finish the calls that run and record them, then stop.</summary>
public sealed record StopNotifications
{
    public static readonly StopNotifications Instance = new();
}

/// <summary>Sends one notification; ends as an outcome, never as an exception of the network's.</summary>
public interface INotificationSender : IDisposable
{
    Task<DeliveryOutcome> SendAsync(DueNotification notification, CancellationToken stopped);
}

/// <summary>What goes to lanes on other nodes. Identifier and manifest never change.</summary>
public sealed class NotificationSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string WakeManifest = "NW1";

    /// <summary>The serializer and what it is for, to be layered under the actor system's configuration.</summary>
    public const string Hocon = """
        akka.actor {
          serializers.router-notifications = "RouterCluster.Node.Webhooks.NotificationSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Webhooks.WakeNotifications, RouterCluster.Node" = router-notifications
          }
        }
        """;

    public override int Identifier => 4205;

    public override string Manifest(object o) => o is WakeNotifications ? WakeManifest
        : throw new UnreachableException($"{o.GetType()} is not for a merchant's lane.");

    public override byte[] ToBinary(object obj) => obj is WakeNotifications wake ? Encoding.UTF8.GetBytes(wake.Merchant.Value)
        : throw new UnreachableException($"{obj.GetType()} is not for a merchant's lane.");

    public override object FromBinary(byte[] bytes, string manifest) => manifest == WakeManifest
        ? new WakeNotifications(MerchantId.Unchecked(Encoding.UTF8.GetString(bytes)))
        : throw new SerializationException($"A merchant's lane knows no manifest '{manifest}'.");
}
