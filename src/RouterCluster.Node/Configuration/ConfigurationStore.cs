using System.Data.Common;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Configuration;

/// <summary>The versions of the configuration, for all nodes; sealed, as they hold secrets and tokens.</summary>
internal sealed class ConfigurationStore
{
    private const int LongestWhat = 2_000;

    private readonly RouterDatabase _database;
    private readonly Sealer _sealer;

    private ConfigurationStore(RouterDatabase database, EncryptionKeys keys) =>
        (_database, _sealer) = (database, new Sealer(keys, "router configuration", Sealer.UsualTexts));

    public static async Task<ConfigurationStore> OpenAsync(
        RouterDatabase database, EncryptionKeys keys, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation);
        return new ConfigurationStore(database, keys);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        var (text, number) = (dialect.TypeName(SqlType.Text), dialect.TypeName(SqlType.Number));
        return connection.ExecuteAsync(
            $"""
            create table if not exists configuration_versions (
              version {number} primary key, at {number} not null, by_name {text} not null, reason {text} not null,
              what {text} not null, digest {text} not null, body {dialect.TypeName(SqlType.Bytes)} not null);
            {AuditTrail.Statements(dialect)}
            """,
            cancellation);
    }

    public async Task<long> NewestVersionAsync(CancellationToken cancellation) => (await _database.QueryAsync(
        "select coalesce(max(version), 0) from configuration_versions", row => row.GetInt64(0), cancellation)
        .ConfigureAwait(false))[0];

    /// <summary>The files alone where nothing was changed.</summary>
    public async Task<ConfigurationVersion> NewestAsync(CancellationToken cancellation) => (await _database.QueryAsync(
        "select version, at, by_name, reason, what, body from configuration_versions order by version desc limit 1",
        Read, cancellation).ConfigureAwait(false)).SingleOrDefault() ?? ConfigurationVersion.Files;

    public async Task<ConfigurationVersion?> FindAsync(long version, CancellationToken cancellation) =>
        version == ConfigurationVersion.Files.Version
            ? ConfigurationVersion.Files
            : (await _database.QueryAsync(
                "select version, at, by_name, reason, what, body from configuration_versions where version = @version",
                Read, cancellation, ("version", version)).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Those before this one, newest first, without their content.</summary>
    public Task<IReadOnlyList<ConfigurationNote>> ListAsync(long before, int limit, CancellationToken cancellation) =>
        _database.QueryAsync(
            """
            select version, at, by_name, reason, what from configuration_versions where version < @before
            order by version desc limit @limit
            """,
            row => new ConfigurationNote(
                row.GetInt64(0), row.GetInt64(1).ToTime(), row.GetString(2), row.GetString(3),
                ChangeLines.Split(row.GetString(4))),
            cancellation, ("before", before), ("limit", limit));

    /// <summary>False: another one is the newest meanwhile, so that this one would undo it.</summary>
    public Task<bool> AddAsync(ConfigurationVersion next, CancellationToken cancellation) => _database.WriteAsync(
        async connection =>
        {
            var stored = next.State.ToStored();
            var added = await connection.ExecuteAsync(
                """
                insert into configuration_versions (version, at, by_name, reason, what, digest, body)
                select @version, @at, @by, @reason, @what, @digest, @body
                where @before = (select coalesce(max(version), 0) from configuration_versions)
                on conflict (version) do nothing
                """,
                cancellation,
                ("version", next.Version), ("before", next.Version - 1), ("at", next.At.ToStored()), ("by", next.By),
                ("reason", next.Reason), ("what", next.What), ("digest", ConfigurationState.DigestOf(stored)),
                ("body", _sealer.Seal(stored)));
            if (added == 1)
            {
                await _database.Dialect.UpsertAsync(connection, AuditRow.Table, [AuditOf(next)], cancellation);
            }

            return added == 1;
        },
        cancellation);

    private static AuditRow AuditOf(ConfigurationVersion next)
    {
        var what = $"configuration {next.Version}: {next.What}";
        return new AuditRow(
            new AuditEntry(
                $"config/{next.Version:D10}", next.At, next.By, what.Length > LongestWhat ? $"{what[..LongestWhat]}…" : what,
                next.Reason, null, null),
            Version: 1);
    }

    private ConfigurationVersion Read(DbDataReader row) => new(
        row.GetInt64(0), ConfigurationState.FromStored(_sealer.Open((byte[])row.GetValue(5))), row.GetInt64(1).ToTime(),
        row.GetString(2), row.GetString(3), row.GetString(4));
}
