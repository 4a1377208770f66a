using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Configuration;

/// <summary>
/// All that operators have changed at run time up to this version; over the files it is what is in force. Versions count from
/// 1 without gaps and stay.
/// </summary>
internal sealed record ConfigurationVersion(
    long Version, ConfigurationState State, DateTimeOffset At, string By, string Reason, string What)
{
    /// <summary>The files alone.</summary>
    public static readonly ConfigurationVersion Files =
        new(0, ConfigurationState.Unchanged, DateTimeOffset.UnixEpoch, "", "", "");
}
