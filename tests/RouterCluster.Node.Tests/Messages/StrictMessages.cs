using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Gateways.Codec;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Cluster.Codec;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>
/// In a system with this configuration every message to an actor is written and read as between nodes. A message without a
/// codec, or with one that fails, is remembered: Akka would only log it and lose it.
/// </summary>
public sealed class StrictMessages : ExtensionIdProvider<StrictMessages.Faults>
{
    /// <summary>For a whole node, which brings its own codecs.</summary>
    public const string Hocon = """
        akka {
          extensions = ["RouterCluster.Node.Tests.Messages.StrictMessages, RouterCluster.Node.Tests"]
          actor {
            serialize-messages = on
            serializers.test-strict = "RouterCluster.Node.Tests.Messages.OnlyAkkasOwn, RouterCluster.Node.Tests"
            serialization-bindings { "System.Object" = test-strict }
          }
        }
        """;

    /// <summary>For a system of some actors.</summary>
    public static string WithCodecs { get; } = string.Join('\n',
    [
        Hocon, BookSerializer.Hocon, BookMessageSerializer.Hocon, OrderMessageSerializer.Hocon, ChannelSerializer.Hocon,
        ChannelMessageSerializer.Hocon, WebhookSerializer.Hocon, GatewaySerializer.Hocon, CaseSerializer.Hocon,
        NodeMessageSerializer.Hocon,
    ]);

    public override Faults CreateExtension(ExtendedActorSystem system) => new(system);

    public static void AssertAllHadCodecs(ActorSystem system)
    {
        Assert.True(system.Settings.SerializeAllMessages);
        var faults = new StrictMessages().Apply(system).All;
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    public sealed class Faults : MinimalActorRef, IExtension
    {
        private readonly ConcurrentQueue<string> _all = new();

        public Faults(ExtendedActorSystem system)
        {
            Provider = system.Provider;
            system.EventStream.Subscribe(this, typeof(Error));
        }

        public IReadOnlyCollection<string> All => _all;

        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "strict-messages";

        public override IActorRefProvider Provider { get; }

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is Error { Cause: SerializationException cause })
            {
                _all.Enqueue($"{cause.Message}: {cause.GetBaseException().Message}");
            }
        }
    }
}

/// <summary>
/// Hands over messages of Akka and of the test itself as they are: they do not leave their node, and not all say so.
/// </summary>
public sealed class OnlyAkkasOwn(ExtendedActorSystem system) : Serializer(system)
{
    private static readonly ConcurrentDictionary<long, object> OnTheWay = new();
    private static long _last;

    public override int Identifier => 4298;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var type = obj.GetType();
        if (type.Namespace?.StartsWith("RouterCluster", StringComparison.Ordinal) == true
            && type.Assembly != typeof(OnlyAkkasOwn).Assembly)
        {
            throw new SerializationException($"{type} has no codec.");
        }

        var number = Interlocked.Increment(ref _last);
        OnTheWay[number] = obj;
        return BitConverter.GetBytes(number);
    }

    public override object FromBinary(byte[] bytes, Type type) =>
        OnTheWay.TryRemove(BitConverter.ToInt64(bytes), out var obj) ? obj : throw new SerializationException("Read twice.");
}
