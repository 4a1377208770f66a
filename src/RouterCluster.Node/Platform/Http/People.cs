using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Http;

internal static class People
{
    private const int MarkLetters = 16;

    /// <summary>
    /// The mark is stored with the person's action. It is a piece of a digest of the token's digest: enough to recognise
    /// the token, too little to look anything up by.
    /// </summary>
    public static Person AsPerson(this OperatorSettings who) => new(
        who.Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"person\n{who.Token.Hex}")))[..MarkLetters]);
}
