using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Simulator.Wire;

internal readonly record struct SignedMessage(byte[] Body, string Timestamp, string Signature);

/// <summary>Lower-case hex HMAC-SHA256(secret, timestamp + "." + content); timestamps are Unix seconds.</summary>
internal sealed class Signatures(string secret)
{
    private const int ToleranceSeconds = 300;
    private const int LongestTimestamp = 20;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    public bool Accepts(string? timestamp, string? signature, ReadOnlySpan<byte> content)
    {
        if (timestamp is not { Length: > 0 and <= LongestTimestamp } || signature is not { Length: 64 })
        {
            return false;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceSeconds)
        {
            return false;
        }

        var scratch = Scratch();
        Encoding.ASCII.GetBytes(timestamp, scratch);
        scratch.Write("."u8);
        scratch.Write(content);
        Span<byte> given = stackalloc byte[64];
        Encoding.ASCII.GetBytes(signature, given);
        Span<byte> right = stackalloc byte[64];
        HexOfHash(scratch.WrittenSpan, right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    public SignedMessage Sign(in Answer answer)
    {
        var scratch = Scratch();
        Span<byte> digits = stackalloc byte[LongestTimestamp];
        Utf8Formatter.TryFormat(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), digits, out var length);
        scratch.Write(digits[..length]);
        scratch.Write("."u8);
        answer.WriteTo(scratch);

        Span<byte> signature = stackalloc byte[64];
        HexOfHash(scratch.WrittenSpan, signature);
        var body = scratch.WrittenSpan[(length + 1)..].ToArray();
        return new SignedMessage(body, Encoding.ASCII.GetString(digits[..length]), Encoding.ASCII.GetString(signature));
    }

    public SignedMessage SignWrongly(in Answer answer)
    {
        var signed = Sign(answer);
        var wrongFirst = signed.Signature[0] == '0' ? '1' : '0';
        return signed with { Signature = wrongFirst + signed.Signature[1..] };
    }

    private void HexOfHash(ReadOnlySpan<byte> signed, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
    }

    private static ArrayBufferWriter<byte> Scratch()
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        return scratch;
    }
}
