using System.Diagnostics;
using RouterCluster.Domain.Payments;
using RouterCluster.Node;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// Stores a month as a node would have left it: the books' rows and snapshots, the read model with channels' numbers, the events
/// that merchants may ask for, operators' actions, and the counters of the last day. All bytes come from production's own codecs
/// and tables; only the writes are larger. What is not there: webhooks that were sent, limits, alerts and channels' histories.
/// </summary>
internal sealed class StorageFill(OperatorWorld world, int payments)
{
    private const int PaymentsOfWrite = 20_000;

    public async Task<StoredSamples> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var settings = world.Settings();
        var keys = EncryptionKeys.Load(null, world.Storage.DataDir, liveMode: false);
        await using var database = RouterDatabase.Open(world.Storage);
        await NodeSchema.Current.EnsureAsync(database, CancellationToken.None);
        var stamp = await StorageStamp.ClaimAsync(
            database, settings.Node.Books, settings.Node.Environment, keys.CheckValue, keys.CheckValues, CancellationToken.None);
        var webhooks = new PaymentWebhooks(settings.Merchants, WebhookView.Render) { KeepsUnsent = true };
        var readModel = await PaymentReadModel.OpenAsync(database, webhooks, CancellationToken.None);
        using var journal = await BookFill.OpenAsync(world.Storage, settings.Node.Books);
        await using var counters = new CounterFill(settings);
        var month = new PastMonth(
            world, new AccountVault(keys), stamp.IdSalt, settings.Node.Books, payments, DateTimeOffset.UtcNow);
        var samples = new StoredSamples();
        foreach (var some in month.All().Chunk(PaymentsOfWrite))
        {
            foreach (var ofBook in some.GroupBy(past => past.Payment.Id.Book))
            {
                var before = journal.LastOf(ofBook.Key);
                var rows = journal.Write(ofBook.Key, [.. ofBook]);
                await WriteAsync(readModel, ofBook.Key, before, journal.LastOf(ofBook.Key), rows);
            }

            await AuditFill.WriteAsync(database, some);
            await counters.WriteAsync(some);
            samples.Look(some);
        }

        await journal.SaveSnapshotsAsync();
        await SettleAsync(database);
        Console.WriteLine(FormattableString.Invariant(
            $"{world.Storage.Provider,-10} {payments:N0} payments stored in {watch.Elapsed.TotalSeconds:N0} s"));
        return samples;
    }

    private static Task WriteAsync(
        PaymentReadModel readModel, int book, long from, long through, IReadOnlyList<(Payment Payment, long Row)> rows) =>
        readModel.WriteAsync(
            book, from, through,
            new ReadModelChanges(rows, rows.Select(row => row.Payment.Id).ToHashSet(), rows), CancellationToken.None);

    /// <summary>What PostgreSQL does by itself in the course of a month.</summary>
    private static Task SettleAsync(RouterDatabase database) => database.Dialect.HasOneWriter
        ? Task.CompletedTask
        : database.ReadAsync(
            connection => connection.ExecuteAsync("vacuum (analyze)", CancellationToken.None), CancellationToken.None);
}
