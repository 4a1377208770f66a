using System.Buffers.Binary;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Remembers the payments that have left memory, so that a new number costs no look-up: Bloom filters of growing size,
/// with under one false alarm in a thousand. Says "no" only when it is certain.
/// </summary>
public sealed class SeenNumbers
{
    private const int Probes = 10;
    private const int BitsPerEntry = 24;
    private const int FirstCapacity = 1 << 12;
    private const int LargestCapacity = 1 << 20;
    private const int HeaderBytes = 8;

    private readonly List<Layer> _layers = [];

    public int Count => _layers.Sum(layer => layer.Count);

    /// <summary>As <see cref="ToBytes"/> would give them.</summary>
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
            _layers.Add(new Layer(Math.Min(LargestCapacity, FirstCapacity << Math.Min(8, _layers.Count))));
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

    public static SeenNumbers FromBytes(ReadOnlySpan<byte> bytes)
    {
        var seen = new SeenNumbers();
        while (!bytes.IsEmpty)
        {
            var capacity = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            var layer = new Layer(capacity) { Count = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) };
            bytes.Slice(HeaderBytes, layer.Bits.Length).CopyTo(layer.Bits);
            seen._layers.Add(layer);
            bytes = bytes[(HeaderBytes + layer.Bits.Length)..];
        }

        return seen;
    }

    /// <summary>FNV-1a: the same in every process, unlike the runtime's string hash.</summary>
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
        public byte[] Bits { get; } = new byte[capacity * BitsPerEntry / 8];

        public int Capacity { get; } = capacity;

        public int Count { get; set; }

        public bool IsFull => Count >= Capacity;

        public bool MayContain(ulong hash)
        {
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(hash, probe);
                if ((Bits[bit >> 3] & (1 << (bit & 7))) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        public void Add(ulong hash)
        {
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(hash, probe);
                Bits[bit >> 3] |= (byte)(1 << (bit & 7));
            }

            Count++;
        }

        private int Bit(ulong hash, int probe)
        {
            var step = (hash >> 32) | 1;
            return (int)((hash + ((ulong)probe * step)) % (ulong)(Bits.Length * 8));
        }
    }
}
