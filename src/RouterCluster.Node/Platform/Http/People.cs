using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Operators as the people who decide.</summary>
internal static class People
{
    private const int MarkLetters = 16;

    /// <summary>
    /// The mark is stored with what the person did. It is a piece of a digest of the token's digest: enough to know the
    /// token again, too little to look anything up by.
    /// </summary>
    public static Person AsPerson(this OperatorSettings who) => new(
        who.Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"person\n{who.Token.Hex}")))[..MarkLetters]);
}
