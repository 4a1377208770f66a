using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Channels.HttpJson;

/// <summary>
/// HMAC-SHA256 in lower-case hex. The first secret signs and every secret verifies, so that the company may switch at any
/// moment.
/// </summary>
internal sealed class HttpJsonSignature(params IReadOnlyList<string> secrets)
{
    private readonly byte[][] _keys = [.. secrets.Select(Encoding.UTF8.GetBytes)];

    public string Sign(ReadOnlySpan<byte> signed)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys[0], signed, hash);
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

        foreach (var key in _keys)
        {
            HMACSHA256.HashData(key, signed, hash);
            if (CryptographicOperations.FixedTimeEquals(claimed, hash))
            {
                return true;
            }
        }

        return false;
    }
}
