using Akka.Actor;
using Akka.Persistence;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Benchmarks;

/// <summary>
/// (b) What a team would write first: one persistent actor per payment, which persists that it was accepted and that it
/// ended, with events of the same size, by the plugin as it comes.
/// </summary>
internal static class EntityPerPaymentLoad
{
    public static Task<LoadFigures> RunStockAsync(
        StorageAddress storage, int clients, TimeSpan duration, IReadOnlyList<Watched> storageProcesses) =>
        RunAsync(
            BookSystem.StartStock(storage), BookSystem.StockJournal, BookSystem.StockSnapshots, clients, duration,
            storageProcesses);

    /// <summary>With the plugin's settings as we have found them to be good for our books.</summary>
    public static Task<LoadFigures> RunTunedAsync(
        StorageAddress storage, int clients, TimeSpan duration, IReadOnlyList<Watched> storageProcesses) =>
        RunAsync(
            BookSystem.Start(storage, BookWriter.Plugin), PaymentBookEntity.JournalPlugin, PaymentBookEntity.SnapshotPlugin,
            clients, duration, storageProcesses);

    /// <summary>One payment, so that the plugin has made the books' table.</summary>
    public static async Task CreateTableAsync(StorageAddress storage)
    {
        using var system = BookSystem.Start(storage, BookWriter.Plugin);
        await PayAsync(system, "payment-0", PaymentBookEntity.JournalPlugin, PaymentBookEntity.SnapshotPlugin);
        await system.Terminate();
    }

    private static async Task<LoadFigures> RunAsync(
        ActorSystem started, string journal, string snapshots, int clients, TimeSpan duration,
        IReadOnlyList<Watched> storageProcesses)
    {
        using var system = started;
        var run = Guid.NewGuid().ToString("N")[..8];
        Watched[] watched = [Watched.ThisProcess, .. storageProcesses];
        var figures = await LoadRun.MeasureAsync(
            clients, duration, watched,
            number => PayAsync(system, $"payment-{run}-{number}", journal, snapshots));
        await system.Terminate();
        return figures;
    }

    private static Task PayAsync(ActorSystem system, string id, string journal, string snapshots)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new PaymentEntity(id, journal, snapshots, ended)));
        return ended.Task;
    }

    private sealed class PaymentEntity : UntypedPersistentActor
    {
        private static readonly byte[] Accepted = new byte[420];
        private static readonly byte[] Ended = new byte[120];

        private readonly TaskCompletionSource _ended;

        public PaymentEntity(string id, string journal, string snapshots, TaskCompletionSource ended)
        {
            PersistenceId = id;
            _ended = ended;
            JournalPluginId = journal;
            SnapshotPluginId = snapshots;
        }

        public override string PersistenceId { get; }

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted)
            {
                Self.Tell(new BookRow(Accepted));
            }
        }

        protected override void OnCommand(object message)
        {
            if (message is BookRow accepted)
            {
                Persist(accepted, _ => Persist(new BookRow(Ended), _ =>
                {
                    _ended.TrySetResult();
                    Context.Stop(Self);
                }));
            }
        }
    }
}
