using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Writes and reads what one feature sends from node to node. Identifier and manifests go over the wire and never change;
/// a message gets further fields, or a new manifest beside the old one.
/// </summary>
public abstract class MessageSerializer : SerializerWithStringManifest
{
    private readonly FrozenDictionary<Type, MessageKind> _byType;
    private readonly FrozenDictionary<string, MessageKind> _byManifest;

    protected MessageSerializer(ExtendedActorSystem system, IReadOnlyList<MessageKind> kinds)
        : base(system)
    {
        _byType = kinds.ToFrozenDictionary(kind => kind.Type);
        _byManifest = kinds.ToFrozenDictionary(kind => kind.Manifest);
    }

    public override string Manifest(object o) => KindOf(o).Manifest;

    public override byte[] ToBinary(object obj) => KindOf(obj).Encode(obj);

    /// <summary>
    /// Akka drops a message that ends as a <see cref="SerializationException"/>; any other exception would take the
    /// connection to the other node down.
    /// </summary>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!_byManifest.TryGetValue(manifest, out var kind))
        {
            throw new SerializationException($"{GetType().Name} knows no manifest '{manifest}'.");
        }

        try
        {
            return kind.Decode(bytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidProtocolBufferException)
        {
            throw new SerializationException($"{GetType().Name} cannot read a message '{manifest}': {fault.Message}", fault);
        }
    }

    private MessageKind KindOf(object message) => _byType.GetValueOrDefault(message.GetType())
        ?? throw new UnreachableException($"{message.GetType()} is no message of {GetType().Name}.");
}

public sealed record MessageKind(Type Type, string Manifest, Func<object, byte[]> Encode, Func<byte[], object> Decode)
{
    public static MessageKind Of<TMessage, TWire>(
        string manifest, Func<TMessage, TWire> encode, MessageParser<TWire> parser, Func<TWire, TMessage> decode)
        where TMessage : notnull
        where TWire : IMessage<TWire> => new(
            typeof(TMessage), manifest, message => encode((TMessage)message).ToByteArray(),
            bytes => decode(parser.ParseFrom(bytes)));
}
