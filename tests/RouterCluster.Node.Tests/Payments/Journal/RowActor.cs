using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Tests.Payments.Journal;

public sealed record GetRecovered;

public sealed record Recovered(BookSnapshot? Snapshot, IReadOnlyList<BookRow> Rows, Exception? Failure);

/// <summary>Persists the rows and snapshots it is sent and tells what it recovered, or why it could not.</summary>
public sealed class RowActor : ReceiveActor
{
    public RowActor(string plugin, string id)
    {
        var writer = Context.ActorOf(Props.Create(() => new Writer(plugin, id)));
        var waiting = new List<IActorRef>();
        Recovered? recovered = null;
        Receive<Recovered>(answer =>
        {
            recovered ??= answer;
            waiting.ForEach(asker => asker.Tell(recovered));
            waiting.Clear();
        });
        Receive<GetRecovered>(_ =>
        {
            if (recovered is null)
            {
                waiting.Add(Sender);
            }
            else
            {
                Sender.Tell(recovered);
            }
        });
        ReceiveAny(message => writer.Forward(message));
    }

    private sealed class Writer : ReceivePersistentActor
    {
        private readonly List<BookRow> _rows = [];
        private BookSnapshot? _snapshot;
        private IActorRef _asker = ActorRefs.Nobody;

        public Writer(string plugin, string id)
        {
            PersistenceId = id;
            JournalPluginId = JournalHocon.JournalId(plugin);
            SnapshotPluginId = JournalHocon.SnapshotStoreId(plugin);
            Recover<SnapshotOffer>(offer => _snapshot = (BookSnapshot)offer.Snapshot);
            Recover<BookRow>(_rows.Add);
            Recover<RecoveryCompleted>(_ => Context.Parent.Tell(new Recovered(_snapshot, [.. _rows], null)));
            Command<BookRow>(row =>
            {
                _asker = Sender;
                Persist(row, _ => _asker.Tell("written"));
            });
            Command<BookSnapshot>(snapshot =>
            {
                _asker = Sender;
                SaveSnapshot(snapshot);
            });
            Command<SaveSnapshotSuccess>(_ => _asker.Tell("saved"));
            Command<SaveSnapshotFailure>(failure => _asker.Tell($"not saved: {failure.Cause}"));
        }

        public override string PersistenceId { get; }

        protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
            Context.Parent.Tell(new Recovered(null, [], reason));

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _asker.Tell("failed");
    }
}

/// <summary>Bound to everything: what no serializer of ours is bound to cannot be stored by accident.</summary>
public sealed class RefusingSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 4299;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} has no serializer.");

    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException($"{type} has no serializer.");
}
