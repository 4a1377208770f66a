using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Alerts;

/// <summary>
/// How many payments are usual: a row for each product and quarter of an hour of the week, so that a restart and a fail-over
/// forget nothing. The evaluating node writes it.
/// </summary>
public sealed class UsualVolumeStore
{
    private readonly RouterDatabase _database;

    private UsualVolumeStore(RouterDatabase database) => _database = database;

    public static async Task<UsualVolumeStore> OpenAsync(RouterDatabase database, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation);
        return new UsualVolumeStore(database);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation) =>
        connection.ExecuteAsync(UsualVolumeRow.Table.CreateStatement(dialect), cancellation);

    /// <summary>A row is replaced if a later quarter was learnt.</summary>
    public Task<int> SaveAsync(IReadOnlyList<UsualVolume> volumes, CancellationToken cancellation) => _database.WriteAsync(
        async connection =>
        {
            await _database.Dialect.UpsertAsync(
                connection, UsualVolumeRow.Table, [.. volumes.Select(volume => new UsualVolumeRow(volume))], cancellation);
            return volumes.Count;
        },
        cancellation);

    /// <summary>Without products that this version does not know.</summary>
    public async Task<IReadOnlyList<UsualVolume>> ReadAsync(CancellationToken cancellation)
    {
        var rows = await _database.QueryAsync(
            "select product, weeks, last_quarter from usual_volumes",
            row => (Product: ProductNames.Parse(row.GetString(0)), Weeks: row.GetString(1), Last: row.GetInt64(2)),
            cancellation).ConfigureAwait(false);
        return
        [
            .. rows.Where(row => row.Product is not null).Select(row => new UsualVolume(
                row.Product!.Value, row.Last,
                [.. row.Weeks.Split(',').Select(week => int.Parse(week, CultureInfo.InvariantCulture))])),
        ];
    }
}

internal sealed record UsualVolumeRow(UsualVolume Volume)
{
    public static readonly SqlTable<UsualVolumeRow> Table = new(
        "usual_volumes",
        [
            new("id", SqlType.Text, row => $"{row.Volume.Product.Name()}/{row.Volume.Quarter}"),
            new("product", SqlType.Text, row => row.Volume.Product.Name()),
            new("weeks", SqlType.Text, row => string.Join(',', row.Volume.Weeks)),
            new("last_quarter", SqlType.Number, row => row.Volume.Last),
        ],
        Version: "last_quarter");
}
