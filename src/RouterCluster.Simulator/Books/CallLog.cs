namespace RouterCluster.Simulator.Books;

internal enum CallKind : byte
{
    Submit,
    Query,
}

/// <summary>
/// One call. Only the submit that booked an order refers to it, because only that one may have moved money.
/// </summary>
internal readonly record struct CallEntry(DateTime At, string OrderNo, long Amount, CallKind Kind, Order? Booked);

/// <summary>
/// Appended to by every call while it is read. Kept in chunks, so that growing copies nothing and old ones are dropped as
/// a whole.
/// </summary>
internal sealed class CallLog(int capacity)
{
    private const int ChunkSize = 4096;

    private readonly Lock _gate = new();
    private readonly int _chunkLimit = Math.Max(1, (capacity + ChunkSize - 1) / ChunkSize);
    private Queue<CallEntry[]> _chunks = new();
    private CallEntry[] _newest = [];
    private int _used;
    private long _dropped;

    public void Add(CallEntry entry)
    {
        lock (_gate)
        {
            if (_used == _newest.Length)
            {
                AddChunk();
            }

            _newest[_used++] = entry;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _chunks = new Queue<CallEntry[]>();
            _newest = [];
            _used = 0;
            _dropped = 0;
        }
    }

    /// <summary>The calls so far, oldest first; later calls do not wait for the reader.</summary>
    public (IEnumerable<CallEntry> Calls, long Dropped) Snapshot()
    {
        lock (_gate)
        {
            return (Read([.. _chunks], _used), _dropped);
        }
    }

    private static IEnumerable<CallEntry> Read(CallEntry[][] chunks, int usedInLast)
    {
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            var count = chunk == chunks.Length - 1 ? usedInLast : ChunkSize;
            for (var index = 0; index < count; index++)
            {
                yield return chunks[chunk][index];
            }
        }
    }

    private void AddChunk()
    {
        if (_chunks.Count == _chunkLimit)
        {
            _chunks.Dequeue();
            _dropped += ChunkSize;
        }

        _newest = new CallEntry[ChunkSize];
        _chunks.Enqueue(_newest);
        _used = 0;
    }
}
