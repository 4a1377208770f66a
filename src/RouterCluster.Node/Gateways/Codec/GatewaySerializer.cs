using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways.Codec.Sent;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Gateways.Codec;

/// <summary>
/// Questions, answers and feedback between nodes. Monotonic clocks of two nodes have nothing in common, so a deadline
/// travels as the time that is left.
/// </summary>
public sealed class GatewaySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
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

    private const string DecideManifest = "GQ1";
    private const string DecidedManifest = "GA1";
    private const string LearnManifest = "GF1";

    public override int Identifier => 4210;

    private TimeSpan Now => system.Scheduler.MonotonicClock;

    public override string Manifest(object o) => o switch
    {
        DecideGateway => DecideManifest,
        GatewayDecided => DecidedManifest,
        LearnGateway => LearnManifest,
        _ => throw new UnreachableException($"{o.GetType()} is not of gateway rankings."),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        DecideGateway decide => Write(decide.Question, decide.Before - Now).ToByteArray(),
        GatewayDecided decided => Write(decided.Answer).ToByteArray(),
        LearnGateway learn => Write(learn.Feedback).ToByteArray(),
        _ => throw new UnreachableException($"{obj.GetType()} is not of gateway rankings."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        DecideManifest => Read(SentQuestion.Parser.ParseFrom(bytes)),
        DecidedManifest => Read(SentAnswer.Parser.ParseFrom(bytes)),
        LearnManifest => Read(SentFeedback.Parser.ParseFrom(bytes)),
        _ => throw new SerializationException($"Gateway rankings know no manifest '{manifest}'."),
    };

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

    private DecideGateway Read(SentQuestion sent) => new(
        new GatewayQuestion(
            MerchantId.Unchecked(sent.Merchant), sent.Payment, sent.Method, sent.Dimension, [.. sent.Gateways])
        {
            Mode = sent.Mode.ToKnown<ChannelMode>(),
        },
        Now + TimeSpan.FromTicks(sent.TicksLeft));
}
