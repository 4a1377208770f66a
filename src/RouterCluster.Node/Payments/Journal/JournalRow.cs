namespace RouterCluster.Node.Payments.Journal;

/// <summary>One event as the plugin's table holds it.</summary>
/// <param name="Identifier">The serializer's.</param>
/// <param name="Writer">The incarnation of the actor: rows of two that take turns stop recovery.</param>
/// <param name="Created">Ticks, UTC.</param>
internal sealed record JournalRow(
    string PersistenceId, long SequenceNumber, ReadOnlyMemory<byte> Message, int Identifier, string Manifest, string Writer,
    long Created);
