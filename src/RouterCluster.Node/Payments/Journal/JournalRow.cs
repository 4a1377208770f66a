namespace RouterCluster.Node.Payments.Journal;

/// <summary>One event in the plugin's table.</summary>
/// <param name="Identifier">The serializer's identifier.</param>
/// <param name="Writer">The incarnation of the actor: alternating rows of two incarnations stop recovery.</param>
/// <param name="Created">Ticks, UTC.</param>
internal sealed record JournalRow(
    string PersistenceId, long SequenceNumber, ReadOnlyMemory<byte> Message, int Identifier, string Manifest, string Writer,
    long Created);
