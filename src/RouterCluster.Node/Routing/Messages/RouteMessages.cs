using Akka.Actor;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Routing.Messages;

/// <summary>Asks the node's router for a channel; answered with <see cref="RouteAnswered"/>.</summary>
public sealed record AskRoute(long RouteId, RouteRequest Request) : INoSerializationVerificationNeeded;

public sealed record RouteAnswered(long RouteId, RouteDecision Decision) : INoSerializationVerificationNeeded;

public sealed record SettleRoute(ChannelId Channel, MerchantId Merchant) : INoSerializationVerificationNeeded;
