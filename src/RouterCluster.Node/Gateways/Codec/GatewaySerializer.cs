using Akka.Actor;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways.Codec.Sent;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Gateways.Codec;

/// <summary>
/// Questions, answers and feedback between nodes. Monotonic clocks of two nodes have nothing in common, so a deadline
/// travels as the time that is left.
/// </summary>
public sealed class GatewaySerializer(ExtendedActorSystem system) : MessageSerializer(system, KindsOf(system))
{
    public const string Hocon = """
        akka.actor {
          serializers.router-gateway = "RouterCluster.Node.Gateways.Codec.GatewaySerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Gateways.Messages.DecideGateway, RouterCluster.Node" = router-gateway
            "RouterCluster.Node.Gateways.Messages.LearnGateway, RouterCluster.Node" = router-gateway
            "RouterCluster.Node.Gateways.Messages.GatewayDecided, RouterCluster.Node" = router-gateway
          }
        }
        """;

    public override int Identifier => 4210;

    private static MessageKind[] KindsOf(ActorSystem system) =>
    [
        MessageKind.Of<DecideGateway, SentQuestion>(
            "GQ1", decide => Write(decide.Question, decide.Before - system.Scheduler.MonotonicClock), SentQuestion.Parser,
            sent => Read(sent, system.Scheduler.MonotonicClock)),
        MessageKind.Of<GatewayDecided, SentAnswer>("GA1", decided => Write(decided.Answer), SentAnswer.Parser, Read),
        MessageKind.Of<LearnGateway, SentFeedback>("GF1", learn => Write(learn.Feedback), SentFeedback.Parser, Read),
    ];

    private static SentQuestion Write(GatewayQuestion question, TimeSpan left) => new()
    {
        Merchant = question.Merchant.Value,
        Payment = question.Payment,
        Method = question.Method,
        Dimension = question.Dimension,
        Gateways = { question.Gateways },
        Mode = (int)question.Mode,
        TicksLeft = left.Ticks,
    };

    private static SentAnswer Write(GatewayAnswer answer) => new()
    {
        Decided = answer.Decided,
        Best = answer.Best,
        Success = { answer.Success },
        IsScored = answer.IsScored,
    };

    private static SentFeedback Write(GatewayFeedback feedback) => new()
    {
        Merchant = feedback.Merchant.Value,
        Payment = feedback.Payment,
        Gateway = feedback.Gateway,
        IsFinal = feedback.IsFinal,
        Succeeded = feedback.Succeeded,
        Mode = (int)feedback.Mode,
    };

    private static GatewayDecided Read(SentAnswer sent) =>
        new(new GatewayAnswer(sent.Decided, sent.Best, [.. sent.Success], sent.IsScored));

    private static LearnGateway Read(SentFeedback sent) => new(
        new GatewayFeedback(
            MerchantId.Unchecked(sent.Merchant), sent.Payment, sent.Gateway, sent.IsFinal, sent.Succeeded)
        {
            Mode = sent.Mode.ToKnown<ChannelMode>(),
        });

    private static DecideGateway Read(SentQuestion sent, TimeSpan now) => new(
        new GatewayQuestion(
            MerchantId.Unchecked(sent.Merchant), sent.Payment, sent.Method, sent.Dimension, [.. sent.Gateways])
        {
            Mode = sent.Mode.ToKnown<ChannelMode>(),
        },
        now + TimeSpan.FromTicks(sent.TicksLeft));
}
