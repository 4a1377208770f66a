using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Gateways;

/// <param name="Method">Payments of one method are compared with each other, as those of a product are.</param>
/// <param name="Gateways">Names are the merchant's own.</param>
public sealed record GatewayQuestion(
    MerchantId Merchant, string Payment, string Method, string Dimension, ImmutableArray<string> Gateways)
{
    /// <summary>The mode of the merchant's key. Payments with a test key teach nothing about real payments.</summary>
    public ChannelMode Mode { get; init; } = ChannelMode.Sandbox;
}

/// <param name="Best">Highest expected success, whether or not it was chosen.</param>
/// <param name="IsScored">False: the scores were not used, and the first gateway was taken.</param>
public sealed record GatewayAnswer(string Decided, string Best, ImmutableArray<double> Success, bool IsScored)
{
    /// <summary>The caller's own order, when there is no time or room for a better one.</summary>
    public static GatewayAnswer Unscored(GatewayQuestion question) => new(
        question.Gateways[0], question.Gateways[0], [.. question.Gateways.Select(_ => 1.0)], IsScored: false);
}

/// <param name="IsFinal">False: the payment is still under way, which teaches nothing.</param>
public sealed record GatewayFeedback(MerchantId Merchant, string Payment, string Gateway, bool IsFinal, bool Succeeded)
{
    public ChannelMode Mode { get; init; } = ChannelMode.Sandbox;
}

/// <param name="UnknownAfter">Without feedback for so long a payment counts as failed, until feedback comes.</param>
/// <param name="Remembered">Older payments make room.</param>
/// <param name="Gateways">Further gateways are not scored.</param>
/// <param name="Dimensions">Further kinds of payments share their method's scores.</param>
public sealed record DecisionLimits(TimeSpan UnknownAfter, int Remembered, int Gateways, int Dimensions);
