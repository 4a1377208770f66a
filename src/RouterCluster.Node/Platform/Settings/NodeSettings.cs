using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>What all parts of a node share. Keys, defaults and units: <c>hocon/reference.hocon</c>.</summary>
/// <param name="Demo">The demo overlay is in force: simulated channels, demo credentials.</param>
/// <param name="NodePort">Akka remoting's port; 0 takes any free one.</param>
/// <param name="AdminUrl">Listener of operators' API, console and metrics; equal to that of merchants unless set.</param>
/// <param name="EncryptionKey">
/// One or several, as <see cref="Secrets.EncryptionKeys.Load"/> takes them; null in sandbox mode: the node makes
/// one in its data directory.
/// </param>
/// <param name="DayOffset">What is added to UTC before a day of the limits begins.</param>
public sealed record NodeSettings(
    ChannelMode Mode,
    string Environment,
    string DataDirectory,
    bool Demo,
    int NodePort,
    string AdminUrl,
    ImmutableArray<IPNetwork> TrustedProxies,
    Secret? EncryptionKey,
    int Books,
    TimeSpan MaxClockSkew,
    TimeSpan DayOffset);
