using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>A bearer token as SHA-256, lower-case hex. The node looks tokens up by it and keeps no token in clear.</summary>
public readonly record struct TokenHash(string Hex)
{
    public static TokenHash Of(string token) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));

    public override string ToString() => "(token)";
}
