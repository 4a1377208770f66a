using System.Data.Common;
using Microsoft.Data.Sqlite;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// Reads payments' events out of their books' rows. On PostgreSQL the rows are beside the read model, on SQLite in a file of
/// their own, which is read without being kept open.
/// </summary>
internal sealed class PaymentJournal(RouterDatabase database, StorageAddress address) : IPaymentJournal
{
    public Task<PaymentCommits> ReadAsync(Payment payment, CancellationToken cancellation)
    {
        Task<PaymentCommits> SearchAsync(DbConnection connection) =>
            new PaymentCommitSearch(new BookRows(connection, payment.Id.Book), payment).ReadAsync(cancellation);

        return address.Provider == StorageProvider.PostgreSql
            ? database.ReadAsync(SearchAsync, cancellation)
            : InFileAsync(SearchAsync, cancellation);
    }

    /// <summary>SQLite's driver reads the disk on the calling thread.</summary>
    private async Task<PaymentCommits> InFileAsync(
        Func<DbConnection, Task<PaymentCommits>> search, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var file = new SqliteConnectionStringBuilder(SqliteFile.ConnectionString(address.DataDir, JournalHocon.Books))
        {
            Pooling = false,
        };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync(cancellation);
        return await search(connection);
    }
}
