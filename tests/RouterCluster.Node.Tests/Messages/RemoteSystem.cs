using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>An actor system with all codecs of a node that others can reach, on loopback.</summary>
public sealed class RemoteSystem : IAsyncDisposable, IAsyncLifetime
{
    private static readonly string Config = $$"""
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          actor.provider = remote
          actor.serialize-messages = off
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """;

    // Real serialization happens on the way, so this one does not ask for more.
    public ExtendedActorSystem System { get; } = (ExtendedActorSystem)ActorSystem.Create(
        "router", ConfigurationFactory.ParseString($"{Config}\n{NoCodec.Hocon}").WithFallback(StrictMessages.WithCodecs));

    public (SerializerWithStringManifest Serializer, string Manifest) CodecOf(object message)
    {
        var serializer = Assert.IsAssignableFrom<SerializerWithStringManifest>(System.Serialization.FindSerializerFor(message));
        return (serializer, serializer.Manifest(message));
    }

    /// <summary>The actor of another system.</summary>
    public IActorRef At(RemoteSystem other, IActorRef actor) =>
        System.Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.System.Provider.DefaultAddress));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate();

    async ValueTask IAsyncDisposable.DisposeAsync() => await System.Terminate();
}
