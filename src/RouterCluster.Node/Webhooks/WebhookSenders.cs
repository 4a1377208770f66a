using System.Net;
using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <summary>Makes senders to merchants' URLs, none of which calls this node itself.</summary>
internal sealed class WebhookSenders(
    ActorSystem system, HttpSettings http, NodeSettings node, WebhookSettings settings, RouterClock clock)
{
    /// <summary>The node's address in its cluster is not known before the node has begun to start.</summary>
    private readonly Lazy<OwnListeners> _own = new(() => new OwnListeners(
        [http.Url, http.PublicUrl, node.AdminUrl], Cluster.Get(system).SelfAddress.Port ?? node.NodePort));

    public IWebhookSender For(MerchantSettings merchant) => new WebhookSender(
        merchant, new GuardedConnection(merchant.NotifyAllow, _own.Value, Dns.GetHostAddressesAsync), settings.Timeout,
        clock.Provider);
}
