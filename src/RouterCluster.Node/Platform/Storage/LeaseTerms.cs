using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Storage;

/// <param name="Owner">Host, process and address, to be named to a node that is refused.</param>
/// <param name="Lasts">How long a renewal lasts, and so how long a successor waits at most.</param>
public sealed record LeaseTerms(string Owner, TimeSpan Lasts)
{
    public DateTimeOffset Since { get; init; }

    /// <summary>Unique to this run of the node.</summary>
    public string Incarnation { get; init; } = NewIncarnation();

    /// <summary>The address at which other nodes reach this one; empty: it works alone on the database.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the node must agree on with the others.</summary>
    public JoinStamp Stamp { get; init; } = new("");

    public bool IsAlone => Address.Length == 0;

    public static string NewIncarnation() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

public sealed class StorageOwnedException(string owner, DateTimeOffset since) : Exception(
    $"router.storage.connection-string: (hidden), allowed is a database that no other node works on; "
    + FormattableString.Invariant($"{owner}, started {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, works on it and lives"));
