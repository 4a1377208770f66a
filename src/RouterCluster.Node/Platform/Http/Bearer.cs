using System.Security.Cryptography;
using System.Text;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Finds the owner of a request's token. Tokens are compared by their SHA-256, so that the time of a look-up reveals
/// nothing about existing tokens.
/// </summary>
internal sealed class Bearer<T>
    where T : class
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = TokenRules.Longest;
    private const int BytesPerLetter = 3;
    private readonly Dictionary<string, T> _owners;
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _byHash;

    /// <param name="owners">By the token's SHA-256, lower-case hex.</param>
    public Bearer(IEnumerable<KeyValuePair<string, T>> owners)
    {
        _owners = new Dictionary<string, T>(owners, StringComparer.Ordinal);
        _byHash = _owners.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="isTry">False when the request carries no token and so guesses nothing.</param>
    public T? Find(HttpContext context, out bool isTry)
    {
        var header = context.Request.Headers.Authorization;
        isTry = header.Count > 0;
        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Find(value.AsSpan(Scheme.Length).Trim());
    }

    /// <param name="hash">The token's SHA-256, lower-case hex.</param>
    public T? OfHash(string hash) => _owners.GetValueOrDefault(hash);

    public T? Find(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty || token.Length > LongestToken)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[LongestToken * BytesPerLetter];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<char> hex = stackalloc char[SHA256.HashSizeInBytes * 2];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
        Convert.TryToHexStringLower(hash, hex, out _);
        return _byHash.TryGetValue(hex, out var owner) ? owner : null;
    }
}
