namespace RouterCluster.Node.Platform.Settings;

/// <summary>A well-formed setting that does not work on this machine.</summary>
public sealed class StartUpException(string key, string value, string allowed, Exception? cause)
    : Exception($"{key}: {value}, allowed is {allowed}", cause);
