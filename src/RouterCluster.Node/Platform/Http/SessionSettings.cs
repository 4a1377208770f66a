using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>How long people stay signed in at the console, and where.</summary>
/// <param name="Idle">A session ends so long after its person's last request.</param>
/// <param name="Longest">It ends so long after the sign-in in any case.</param>
/// <param name="Hosts">Names under which browsers reach the console, besides addresses, localhost and admin-url's.</param>
public sealed record SessionSettings(TimeSpan Idle, TimeSpan Longest, ImmutableArray<string> Hosts)
{
    private const string HostName = "a host's name without port";

    internal static SessionSettings Read(SettingReader sessions) => new(
        Idle: sessions.Duration("idle", TimeSpan.FromSeconds(1), TimeSpan.FromHours(12)),
        Longest: sessions.Duration("longest", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
        Hosts: sessions.List<string>("hosts", HostName, IsHostName));

    private static bool IsHostName(string text, out string value)
    {
        value = text;
        return Uri.CheckHostName(text) == UriHostNameType.Dns;
    }
}
