namespace RouterCluster.Simulator.Books;

internal enum CallKind : byte
{
    Submit,
    Query,
}

/// <summary>One call. Only the submit that booked an order carries it: no other can say that money moved.</summary>
internal readonly record struct CallEntry(DateTime At, string OrderNo, long Amount, CallKind Kind, Order? Booked);

/// <summary>
/// Appended to by every call, read while it grows. Kept in chunks: growing copies nothing, old ones go as a whole.
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

    /// <summary>The calls up to now, oldest first, readable without holding up those that follow.</summary>
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
