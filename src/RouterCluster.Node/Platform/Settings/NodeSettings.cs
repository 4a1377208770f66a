using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>Settings that all parts of a node share. Keys, defaults and units: <c>hocon/reference.hocon</c>.</summary>
/// <param name="Demo">The demo's layer is in force: simulated channels, demo credentials.</param>
/// <param name="NodePort">Akka remoting's port; 0 takes any free one.</param>
/// <param name="AdminUrl">Listener of the operators' API and metrics; the merchants' listener unless set.</param>
/// <param name="EncryptionKey">In the form of <see cref="Secrets.EncryptionKeys.Load"/>; null: generated, in sandbox mode
/// only.</param>
/// <param name="DayOffset">Added to UTC; a day of the limits begins at its midnight.</param>
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
