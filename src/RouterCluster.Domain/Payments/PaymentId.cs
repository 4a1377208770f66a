using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>
/// <c>pay_</c>, three hex digits of the book, 26 base-32 digits of a hash over merchant, order number and the
/// installation's salt: one number cannot be two payments, and a payment is found by number without an index.
/// </summary>
public readonly record struct PaymentId
{
    public const int MaxBooks = 0x1000;
    private const string Prefix = "pay_";
    private const int BookDigits = 3;
    private const int HashDigits = 26;
    private const int NoDigits = 2;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private readonly string? _value;

    private PaymentId(string value) => _value = value;

    public string Value => _value ?? "";

    public int Book => int.Parse(Value.AsSpan(Prefix.Length, BookDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <param name="apart">Set for a key whose mode is not the installation's: its numbers are other payments.</param>
    public static PaymentId For(
        MerchantId merchant, string orderNo, int books, ReadOnlySpan<byte> salt, ChannelMode? apart = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(books, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(books, MaxBooks);
        var suffix = apart is { } mode ? $"\n{(int)mode}" : "";
        var name = Encoding.UTF8.GetBytes($"{merchant.Value}\n{orderNo}{suffix}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        var book = (int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)books);
        SHA256.HashData([.. name, (byte)'\n', .. salt], hash);
        return new PaymentId(Prefix + book.ToString("x3", CultureInfo.InvariantCulture) + Base32(hash));
    }

    /// <summary>Null when it cannot be one of ours.</summary>
    public static PaymentId? Parse(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && IsId(text.AsSpan(Prefix.Length))
            ? new PaymentId(text)
            : null;

    /// <summary>Our order number of attempt <paramref name="no"/>: 31 letters and digits, which every channel takes.</summary>
    public string AttemptOrderNo(int no) =>
        string.Concat(Value.AsSpan(Prefix.Length), no.ToString("D2", CultureInfo.InvariantCulture));

    /// <summary>Null when it cannot be one of ours.</summary>
    public static (PaymentId Id, int No)? ParseAttempt(string? orderNo) => ParseAttempt(orderNo.AsSpan());

    /// <inheritdoc cref="ParseAttempt(string)"/>
    public static (PaymentId Id, int No)? ParseAttempt(ReadOnlySpan<char> orderNo) =>
        orderNo.Length == BookDigits + HashDigits + NoDigits && IsId(orderNo[..^NoDigits])
            && int.TryParse(orderNo[^NoDigits..], NumberStyles.None, CultureInfo.InvariantCulture, out var no)
                ? (new PaymentId(string.Concat(Prefix, orderNo[..^NoDigits])), no)
                : null;

    public override string ToString() => Value;

    /// <summary>Book and hash, without the prefix.</summary>
    private static bool IsId(ReadOnlySpan<char> digits) =>
        digits.Length == BookDigits + HashDigits && !digits[..BookDigits].ContainsAnyExcept("0123456789abcdef")
        && !digits[BookDigits..].ContainsAnyExcept(Alphabet);

    private static string Base32(ReadOnlySpan<byte> bytes) => string.Create(HashDigits, bytes[..17].ToArray(), static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var bit = i * 5;
            var pair = (source[bit / 8] << 8) | source[Math.Min((bit / 8) + 1, source.Length - 1)];
            span[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
    });
}
