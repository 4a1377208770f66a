using System.Globalization;
using System.Security.Cryptography;

namespace RouterCluster.Actors.Storage;

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

    /// <summary>Writes the stamp into a new storage, and ever after compares what is configured with what is stored.</summary>
    /// <param name="keyCheck">The key ring's check value.</param>
    /// <exception cref="StorageMismatchException">The storage was begun with something else.</exception>
    public static async Task<StorageStamp> ClaimAsync(
        RouterDatabase database, int books, string environment, string keyCheck, CancellationToken cancellation)
    {
        var proposed = new Dictionary<string, string>
        {
            [BooksKey] = books.ToString(CultureInfo.InvariantCulture),
            [EnvironmentKey] = environment,
            [KeyCheckKey] = keyCheck,
            [IdSaltKey] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)),
        };
        var stored = await AgreeAsync(database, proposed, cancellation);
        var differences = Differences(stored, proposed).ToList();
        return differences.Count > 0
            ? throw new StorageMismatchException($"The storage does not fit the configuration: {string.Join("; ", differences)}.")
            : new StorageStamp(books, environment, keyCheck, Convert.FromHexString(stored[IdSaltKey]));
    }

    /// <summary>Whoever comes first writes; all read the same.</summary>
    private static Task<Dictionary<string, string>> AgreeAsync(
        RouterDatabase database, Dictionary<string, string> proposed, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await connection.ExecuteAsync(
                    "create table if not exists router_stamp (key text primary key, value text not null)", cancellation);
                foreach (var (key, value) in proposed)
                {
                    await connection.ExecuteAsync(
                        "insert into router_stamp (key, value) values (@key, @value) on conflict (key) do nothing",
                        cancellation, ("key", key), ("value", value));
                }

                var rows = await connection.QueryAsync(
                    "select key, value from router_stamp", row => (Key: row.GetString(0), Value: row.GetString(1)), cancellation);
                return rows.ToDictionary(row => row.Key, row => row.Value);
            },
            cancellation);

    private static IEnumerable<string> Differences(Dictionary<string, string> stored, Dictionary<string, string> configured)
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
    }
}

/// <summary>The storage was begun with other settings than these; the message names each, stored and configured.</summary>
public sealed class StorageMismatchException(string message) : Exception(message);
