using System.Collections.Immutable;

namespace RouterCluster.Node.Configuration;

/// <summary>The versions of the configuration that are stored, which are all that there were.</summary>
internal interface IConfigurationHistory
{
    /// <summary>The newest that this node has in force; 0: the files alone.</summary>
    long InForce { get; }

    /// <summary>Newest first.</summary>
    /// <param name="before">Only earlier ones; null: all.</param>
    Task<IReadOnlyList<ConfigurationNote>> ListAsync(long? before, int limit, CancellationToken cancellation);

    Task<ConfigurationNote?> FindAsync(long version, CancellationToken cancellation);
}

/// <summary>What is told of a version; its content, which has secrets, is not read.</summary>
/// <param name="Changes">The difference to the version before, one line each.</param>
internal sealed record ConfigurationNote(
    long Version, DateTimeOffset At, string By, string Reason, ImmutableArray<string> Changes);
