using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Gateways.Messages;

/// <summary>A message to the one owner of a merchant's gateway ranking, on whichever node it is.</summary>
public interface IGatewayMessage
{
    MerchantId Merchant { get; }
}

/// <param name="Before">The caller's deadline, on the monotonic clock of the node's scheduler. What travels is the time that
/// is left.</param>
public sealed record DecideGateway(GatewayQuestion Question, TimeSpan Before) : IGatewayMessage
{
    public MerchantId Merchant => Question.Merchant;
}

public sealed record LearnGateway(GatewayFeedback Feedback) : IGatewayMessage
{
    public MerchantId Merchant => Feedback.Merchant;
}

public sealed record GatewayDecided(GatewayAnswer Answer);
