using Akka.Actor;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Published on the node's event stream after the lists of channels and merchants in force have changed: actors that keep
/// something of them look again.
/// </summary>
public sealed record ConfigurationTaken : INoSerializationVerificationNeeded
{
    public static readonly ConfigurationTaken Instance = new();
}
