using System.Buffers.Binary;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// The numbers of payments that have left memory, so that a new number costs no look-up: Bloom filters of growing size, and
/// a last one that takes all later numbers. Only "no" is certain.
/// </summary>
/// <remarks>
/// The fuller the last filter, the more new numbers are looked up in the database: at its size fewer than one in a
/// thousand, at three times its size one in forty, at ten times nearly every second one.
/// </remarks>
/// <param name="lastCapacity">How many numbers the last filter is made for, at three bytes each.</param>
public sealed class SeenNumbers(int lastCapacity = SeenNumbers.UsualLastCapacity)
{
    public const int UsualLastCapacity = 1 << 22;

    private const int Probes = 10;

    // Beyond its size a filter is more precise with fewer bits for each number.
    private const int ProbesOfLast = 4;
    private const int BitsPerEntry = 24;
    private const int FirstCapacity = 1 << 12;
    private const int LargestCapacity = 1 << 20;
    private const int HeaderBytes = 8;

    private readonly List<Layer> _layers = [];

    public long Count => _layers.Sum(layer => (long)layer.Count);

    public long Bytes => _layers.Sum(layer => HeaderBytes + (long)layer.Bits.Length);

    public bool MayContain(PaymentId id)
    {
        var hash = Hash(id);
        foreach (var layer in _layers)
        {
            if (layer.MayContain(hash))
            {
                return true;
            }
        }

        return false;
    }

    public void Add(PaymentId id)
    {
        if (_layers is not [.., { IsFull: false }])
        {
            _layers.Add(new Layer(NextCapacity()));
        }

        _layers[^1].Add(Hash(id));
    }

    /// <summary>Per layer: capacity and count (little endian, 4 bytes each), then its bits.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_layers.Sum(layer => HeaderBytes + layer.Bits.Length)];
        var rest = bytes.AsSpan();
        foreach (var layer in _layers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, layer.Capacity);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], layer.Count);
            layer.Bits.CopyTo(rest[HeaderBytes..]);
            rest = rest[(HeaderBytes + layer.Bits.Length)..];
        }

        return bytes;
    }

    /// <summary>Earlier versions stored many filters of full size: they are united into one.</summary>
    public static SeenNumbers FromBytes(ReadOnlySpan<byte> bytes, int lastCapacity = UsualLastCapacity)
    {
        var seen = new SeenNumbers(lastCapacity);
        while (!bytes.IsEmpty)
        {
            var capacity = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            var layer = new Layer(capacity) { Count = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) };
            bytes.Slice(HeaderBytes, layer.Bits.Length).CopyTo(layer.Bits);
            seen.Take(layer);
            bytes = bytes[(HeaderBytes + layer.Bits.Length)..];
        }

        return seen;
    }

    private void Take(Layer layer)
    {
        if (layer.Capacity == LargestCapacity && _layers.Find(known => known.Capacity == LargestCapacity) is { } same)
        {
            same.Unite(layer);
        }
        else
        {
            _layers.Add(layer);
        }
    }

    private int NextCapacity()
    {
        var next = FirstCapacity << Math.Min(8, _layers.Count);
        return _layers is [.., { Capacity: LargestCapacity }] ? Math.Max(lastCapacity, LargestCapacity + 1) : next;
    }

    /// <summary>FNV-1a, because the runtime's string hash differs between processes.</summary>
    private static ulong Hash(PaymentId id)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in id.Value)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }

    private sealed class Layer(int capacity)
    {
        private readonly bool _isLast = capacity > LargestCapacity;

        public byte[] Bits { get; } = new byte[(long)capacity * BitsPerEntry / 8];

        public int Capacity { get; } = capacity;

        public int Count { get; set; }

        public bool IsFull => !_isLast && Count >= Capacity;

        private int ProbeCount => _isLast ? ProbesOfLast : Probes;

        public void Unite(Layer other)
        {
            for (var i = 0; i < Bits.Length; i++)
            {
                Bits[i] |= other.Bits[i];
            }

            Count = (int)Math.Min(int.MaxValue, (long)Count + other.Count);
        }

        public bool MayContain(ulong hash)
        {
            for (var probe = 0; probe < ProbeCount; probe++)
            {
                var bit = Bit(hash, probe);
                if ((Bits[bit >> 3] & (1 << (int)(bit & 7))) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        public void Add(ulong hash)
        {
            for (var probe = 0; probe < ProbeCount; probe++)
            {
                var bit = Bit(hash, probe);
                Bits[bit >> 3] |= (byte)(1 << (int)(bit & 7));
            }

            Count = Count == int.MaxValue ? Count : Count + 1;
        }

        private long Bit(ulong hash, int probe)
        {
            var step = (hash >> 32) | 1;
            return (long)((hash + ((ulong)probe * step)) % ((ulong)Bits.Length * 8));
        }
    }
}
