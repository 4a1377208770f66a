namespace RouterCluster.Node.Platform.Settings;

/// <summary>A setting that is well formed and does not work here: said in a line as any wrong setting is.</summary>
public sealed class StartUpException(string key, string value, string allowed, Exception? cause)
    : Exception($"{key}: {value}, allowed is {allowed}", cause);
