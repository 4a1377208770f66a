using System.Data.Common;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

/// <summary>
/// All tables of the database and the steps that have led to them. Who changes a table that an older program has created adds
/// a step. A table that is only added needs none: its store creates it where it is missing.
/// </summary>
public static class NodeSchema
{
    internal static readonly DatabaseSchema Current = new(
        CreateAsync,
        [
            new SchemaStep("the tables have versions", CreateAsync),
            new SchemaStep("payments are found by channel, merchant and state", PaymentReadModel.CreateAsync),
        ]);

    /// <summary>Brings the database to this program's schema while no node of it need run.</summary>
    /// <returns>One line for people.</returns>
    /// <exception cref="StartUpException">A newer program has migrated the database, or the data directory is in use.</exception>
    public static async Task<string> MigrateAsync(RouterSettings settings, CancellationToken cancellation)
    {
        using var directory = DataDirectory.Claim(settings.Node.DataDirectory, settings.Storage.Provider);
        var address = new StorageAddress(
            settings.Storage.Provider, settings.Storage.ConnectionString?.Value, settings.Node.DataDirectory);
        await using var database = RouterDatabase.Open(address);
        var move = await Current.MigrateAsync(database, cancellation);
        if (move.From == move.To)
        {
            return $"The schema has version {move.To} already.";
        }

        return move.From is { } version
            ? $"The schema is brought from version {version} to version {move.To}."
            : $"The schema is created in version {move.To}; the database was empty.";
    }

    private static async Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        await StorageStamp.CreateAsync(connection, dialect, cancellation);
        await JournalTables.CreateAsync(connection, dialect, cancellation);
        if (!dialect.HasOneWriter)
        {
            await NodeLeaseTable.CreateAsync(connection, dialect, cancellation);
            await ClusterLeases.CreateAsync(connection, dialect, cancellation);
        }

        await new AdmissionTables(dialect).CreateAsync(connection, cancellation);
        await PaymentReadModel.CreateAsync(connection, dialect, cancellation);
        await StrayNotices.CreateAsync(connection, dialect, cancellation);
        await ClaimTable.CreateAsync(connection, dialect, cancellation);
        await BulkStore.CreateAsync(connection, dialect, cancellation);
        await AlertStore.CreateAsync(connection, dialect, cancellation);
        await UsualVolumeStore.CreateAsync(connection, dialect, cancellation);
        await ConfigurationStore.CreateAsync(connection, dialect, cancellation);
    }
}
