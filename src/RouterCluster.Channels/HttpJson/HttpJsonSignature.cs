using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Channels.HttpJson;

/// <summary>HMAC-SHA256 with the channel's secret, in lower-case hex.</summary>
internal sealed class HttpJsonSignature(string secret)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    public string Sign(ReadOnlySpan<byte> signed)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed, hash);
        return Convert.ToHexStringLower(hash);
    }

    public bool IsRight(ReadOnlySpan<byte> signed, string? signature)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature is not { Length: 2 * HMACSHA256.HashSizeInBytes }
            || Convert.FromHexString(signature, claimed, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        HMACSHA256.HashData(_key, signed, hash);
        return CryptographicOperations.FixedTimeEquals(claimed, hash);
    }
}
