using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// What a storage was begun with. A payment's book and id follow from the number of books and the salt, its account is
/// readable with the key alone: none of them may ever differ from what is stored.
/// </summary>
public sealed record StorageStamp(int Books, string Environment, string KeyCheck, ReadOnlyMemory<byte> IdSalt)
{
    private const int SaltBytes = 16;
    private const string BooksKey = "books";
    private const string EnvironmentKey = "environment";
    private const string KeyCheckKey = "key-check";
    private const string IdSaltKey = "id-salt";

    /// <summary>Before the check value of each key that may have sealed an account.</summary>
    private const string RingPrefix = "ring/";

    /// <summary>Writes the stamp into a new storage, and ever after compares what is configured with what is stored.</summary>
    /// <param name="keyCheck">The check value of the key ring's first key.</param>
    /// <param name="ring">The check values of all its keys: each that was ever in the ring may have sealed accounts.</param>
    /// <exception cref="StorageMismatchException">The storage was begun with something else.</exception>
    public static async Task<StorageStamp> ClaimAsync(
        RouterDatabase database, int books, string environment, string keyCheck, IReadOnlyCollection<string> ring,
        CancellationToken cancellation)
    {
        var proposed = new Dictionary<string, string>
        {
            [BooksKey] = books.ToString(CultureInfo.InvariantCulture),
            [EnvironmentKey] = environment,
            [KeyCheckKey] = keyCheck,
            [IdSaltKey] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)),
        };
        var stored = await AgreeAsync(database, proposed, ring, cancellation);
        return new StorageStamp(books, environment, keyCheck, Convert.FromHexString(stored[IdSaltKey]));
    }

    /// <summary>Whoever comes first writes; all read the same. What does not fit leaves nothing behind.</summary>
    private static Task<Dictionary<string, string>> AgreeAsync(
        RouterDatabase database, Dictionary<string, string> proposed, IReadOnlyCollection<string> ring,
        CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await connection.ExecuteAsync(
                    "create table if not exists router_stamp (key text primary key, value text not null)", cancellation);
                await WriteAsync(connection, proposed, cancellation);
                var rows = await connection.QueryAsync(
                    "select key, value from router_stamp", row => (Key: row.GetString(0), Value: row.GetString(1)), cancellation);
                var stored = rows.ToDictionary(row => row.Key, row => row.Value);
                var differences = Differences(stored, proposed, ring).ToList();
                if (differences.Count > 0)
                {
                    throw new StorageMismatchException(
                        $"The storage does not fit the configuration: {string.Join("; ", differences)}.");
                }

                await WriteAsync(connection, ring.ToDictionary(check => RingPrefix + check, _ => ""), cancellation);
                return stored;
            },
            cancellation);

    private static async Task WriteAsync(
        DbConnection connection, Dictionary<string, string> rows, CancellationToken cancellation)
    {
        foreach (var (key, value) in rows)
        {
            await connection.ExecuteAsync(
                "insert into router_stamp (key, value) values (@key, @value) on conflict (key) do nothing",
                cancellation, ("key", key), ("value", value));
        }
    }

    private static IEnumerable<string> Differences(
        Dictionary<string, string> stored, Dictionary<string, string> configured, IReadOnlyCollection<string> ring)
    {
        if (stored[EnvironmentKey] != configured[EnvironmentKey])
        {
            yield return $"it belongs to environment '{stored[EnvironmentKey]}', "
                + $"router.environment is '{configured[EnvironmentKey]}'";
        }

        if (stored[BooksKey] != configured[BooksKey])
        {
            yield return $"it has {stored[BooksKey]} books, router.books is {configured[BooksKey]}";
        }

        if (stored[KeyCheckKey] != configured[KeyCheckKey])
        {
            yield return "its accounts are sealed with another key than router.encryption-key";
        }
        else
        {
            var missing = stored.Keys.Count(
                key => key.StartsWith(RingPrefix, StringComparison.Ordinal) && !ring.Contains(key[RingPrefix.Length..]));
            if (missing > 0)
            {
                yield return FormattableString.Invariant(
                    $"{missing} of the keys that sealed its accounts are not in router.encryption-key");
            }
        }
    }
}

/// <summary>The storage was begun with other settings than these; the message names each, stored and configured.</summary>
public sealed class StorageMismatchException(string message) : Exception(message);
