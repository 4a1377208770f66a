using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// A payment's trace has ids that follow from the payment's id: every node, also after a restart, goes on with the same
/// trace, although neither messages nor stored rows carry one.
/// </summary>
internal static class SpanIds
{
    private const int TraceBytes = 16;
    private const int SpanBytes = 8;

    public static ActivityTraceId TraceOf(PaymentId payment) => Of(payment).TraceId;

    /// <summary>The context of the payment's root span, which is the parent of all others.</summary>
    public static ActivityContext Of(PaymentId payment)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(payment, hash);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(hash[..TraceBytes]),
            ActivitySpanId.CreateFromBytes(hash.Slice(TraceBytes, SpanBytes)),
            ActivityTraceFlags.Recorded);
    }

    /// <summary>The last 64 bits of the trace's id, by which payments are sampled.</summary>
    public static ulong DrawOf(PaymentId payment)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(payment, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash[(TraceBytes - sizeof(ulong))..]);
    }

    private static void Hash(PaymentId payment, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[payment.Value.Length];
        Encoding.ASCII.GetBytes(payment.Value, text);
        SHA256.HashData(text, hash);
    }
}
