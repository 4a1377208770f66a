using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Gateways;

/// <summary>A platform's question which of its gateways to use.</summary>
/// <param name="Payment">The platform's own id.</param>
/// <param name="Method">Payments of one method are compared with each other, as those of a product are.</param>
/// <param name="Dimension">Distinguishes kinds of payments within one method.</param>
/// <param name="Gateways">At least one; the names are the merchant's own.</param>
public sealed record GatewayQuestion(
    MerchantId Merchant, string Payment, string Method, string Dimension, ImmutableArray<string> Gateways)
{
    /// <summary>The mode of the merchant's key. Payments with a test key teach nothing about real payments.</summary>
    public ChannelMode Mode { get; init; } = ChannelMode.Sandbox;
}

/// <param name="Best">The gateway with the highest expected success, whether or not it was chosen.</param>
/// <param name="Success">Expected success of each gateway, in the question's order.</param>
/// <param name="IsScored">False: the scores were not used, and the first gateway was taken.</param>
public sealed record GatewayAnswer(string Decided, string Best, ImmutableArray<double> Success, bool IsScored)
{
    /// <summary>The answer when there is no time or room for a better one: the caller's own order.</summary>
    public static GatewayAnswer Unscored(GatewayQuestion question) => new(
        question.Gateways[0], question.Gateways[0], [.. question.Gateways.Select(_ => 1.0)], IsScored: false);
}

/// <summary>A payment's result at a gateway.</summary>
/// <param name="IsFinal">False: the payment is still under way, which teaches nothing.</param>
public sealed record GatewayFeedback(MerchantId Merchant, string Payment, string Gateway, bool IsFinal, bool Succeeded)
{
    /// <summary>The mode of the merchant's key.</summary>
    public ChannelMode Mode { get; init; } = ChannelMode.Sandbox;
}

/// <param name="UnknownAfter">Without feedback for so long a payment counts as failed, until feedback comes.</param>
/// <param name="Remembered">The most payments that feedback is matched to; older ones make room.</param>
/// <param name="Gateways">The most gateways of one merchant that are told apart; further ones are not scored.</param>
/// <param name="Dimensions">
/// The most kinds of payments of one merchant that are told apart; further ones share their method's scores.
/// </param>
public sealed record DecisionLimits(TimeSpan UnknownAfter, int Remembered, int Gateways, int Dimensions);
