using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The settings that a storage was begun with and that must never change: a payment's book and id follow from the number
/// of books and the salt, and its account is readable only with the key.
/// </summary>
public sealed record StorageStamp(int Books, string Environment, string KeyCheck, ReadOnlyMemory<byte> IdSalt)
{
    internal const string TableName = "router_stamp";

    private const int SaltBytes = 16;
    private const string BooksKey = "books";
    private const string EnvironmentKey = "environment";
    private const string KeyCheckKey = "key-check";
    private const string IdSaltKey = "id-salt";

    /// <summary>Prefix of the check values of all keys that may have sealed an account.</summary>
    private const string RingPrefix = "ring/";

    /// <summary>Writes the stamp into a new storage; compares it with the configuration ever after.</summary>
    /// <param name="ring">The check values of all keys of the ring; <paramref name="keyCheck"/> is the first key's.</param>
    /// <exception cref="StorageMismatchException">The storage was begun with other settings.</exception>
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

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            $"create table if not exists {TableName} (key {dialect.TypeName(SqlType.Text)} primary key, value text not null)",
            cancellation);

    /// <summary>The first node writes; all nodes read the same. A mismatch rolls the transaction back.</summary>
    private static Task<Dictionary<string, string>> AgreeAsync(
        RouterDatabase database, Dictionary<string, string> proposed, IReadOnlyCollection<string> ring,
        CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await CreateAsync(connection, database.Dialect, cancellation);
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

/// <summary>The message names each setting that differs, stored and configured.</summary>
public sealed class StorageMismatchException(string message) : Exception(message);
