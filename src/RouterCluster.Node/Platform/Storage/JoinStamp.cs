using System.Collections.Immutable;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// What all nodes of a cluster must agree on, by setting: its value, or a digest where the value is long or secret.
/// </summary>
/// <param name="Text">One line for each setting, as it is stored and sent to other nodes.</param>
public sealed record JoinStamp(string Text)
{
    public static JoinStamp Of(IEnumerable<KeyValuePair<string, string>> settings) =>
        new(string.Join('\n', settings.Select(setting => $"{setting.Key}={setting.Value}")));

    /// <summary>
    /// Names each setting that differs. A setting that only one of the two knows comes from another version and is left out.
    /// </summary>
    public IEnumerable<string> DifferencesFrom(JoinStamp cluster)
    {
        var theirs = cluster.Settings();
        foreach (var (key, value) in Settings())
        {
            if (theirs.TryGetValue(key, out var agreed) && agreed != value)
            {
                yield return $"{key} is {value}, in the cluster it is {agreed}";
            }
        }
    }

    private ImmutableSortedDictionary<string, string> Settings() => Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2))
        .ToImmutableSortedDictionary(parts => parts[0], parts => parts[^1], StringComparer.Ordinal);
}

/// <summary>The message names each setting that differs from the cluster's, in one line.</summary>
public sealed class JoinRefusedException(IEnumerable<string> differences, string member) : Exception(
    $"akka.cluster.seed-nodes: allowed is a cluster of the same configuration; {string.Join("; ", differences)} ({member})");
