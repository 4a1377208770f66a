using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using RouterCluster.Actors.Payments;
using RouterCluster.Actors.Payments.Codec;
using RouterCluster.Actors.Storage;

namespace RouterCluster.Benchmarks;

/// <summary>
/// (b) What a team would write first: one persistent actor per payment, which persists that it was accepted and that it
/// ended, on the same journal with rows of the same size.
/// </summary>
internal static class EntityPerPaymentLoad
{
    public static async Task<LoadFigures> RunAsync(StorageAddress storage, int clients, TimeSpan duration)
    {
        var config = ConfigurationFactory.ParseString("akka.loglevel = WARNING")
            .WithFallback(ConfigurationFactory.ParseString(JournalHocon.For(storage)))
            .WithFallback(ConfigurationFactory.ParseString(BookSerializer.Hocon));
        using var system = ActorSystem.Create("benchmark", config);
        var run = Guid.NewGuid().ToString("N")[..8];
        var figures = await LoadRun.MeasureAsync(clients, TimeSpan.FromSeconds(3), duration, async number =>
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            system.ActorOf(Props.Create(() => new PaymentEntity($"payment-{run}-{number}", ended)));
            await ended.Task;
        });
        await system.Terminate();
        return figures;
    }

    private sealed class PaymentEntity : UntypedPersistentActor
    {
        private static readonly byte[] Accepted = new byte[420];
        private static readonly byte[] Ended = new byte[120];

        private readonly TaskCompletionSource _ended;

        public PaymentEntity(string id, TaskCompletionSource ended)
        {
            PersistenceId = id;
            _ended = ended;
            JournalPluginId = PaymentBookEntity.JournalPlugin;
            SnapshotPluginId = PaymentBookEntity.SnapshotPlugin;
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
