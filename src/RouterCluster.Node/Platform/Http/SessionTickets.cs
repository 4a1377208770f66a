using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Node.Platform.Secrets;

namespace RouterCluster.Node.Platform.Http;

/// <param name="Token">The SHA-256 of the operator's token, as hex digits.</param>
internal sealed record Session(string Id, string Token, DateTimeOffset OpenedAt, DateTimeOffset UsedAt);

/// <summary>Sessions as texts that nobody outside the cluster can make, read or change.</summary>
internal sealed class SessionTickets(EncryptionKeys keys, string environment)
{
    public const int IdBytes = 16;
    public const int Letters = 128;
    private const int KeyIdBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int TimeBytes = 8;
    private const int HeadBytes = KeyIdBytes + NonceBytes + TagBytes;
    private const int BodyBytes = IdBytes + SHA256.HashSizeInBytes + (2 * TimeBytes);

    private readonly byte[] _environment = Encoding.UTF8.GetBytes(environment);

    public string Seal(Session session)
    {
        Span<byte> body = stackalloc byte[BodyBytes];
        Convert.FromHexString(session.Id).CopyTo(body);
        Convert.FromHexString(session.Token).CopyTo(body[IdBytes..]);
        BinaryPrimitives.WriteInt64BigEndian(body[^(2 * TimeBytes)..], session.OpenedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(body[^TimeBytes..], session.UsedAt.ToUnixTimeMilliseconds());
        var ticket = new byte[HeadBytes + BodyBytes];
        BinaryPrimitives.WriteUInt32BigEndian(ticket, keys.Sealing.Id);
        var nonce = ticket.AsSpan(KeyIdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys.Sealing.SessionKey, TagBytes);
        cipher.Encrypt(
            nonce, body, ticket.AsSpan(HeadBytes), ticket.AsSpan(KeyIdBytes + NonceBytes, TagBytes), _environment);
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>Null when it is not a ticket of this cluster.</summary>
    public Session? Open(string text)
    {
        Span<byte> ticket = stackalloc byte[HeadBytes + BodyBytes];
        if (text.Length != Letters || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, ticket, out _)
            || keys.Find(BinaryPrimitives.ReadUInt32BigEndian(ticket)) is not { } key)
        {
            return null;
        }

        Span<byte> body = stackalloc byte[BodyBytes];
        try
        {
            using var cipher = new AesGcm(key.SessionKey, TagBytes);
            cipher.Decrypt(
                ticket.Slice(KeyIdBytes, NonceBytes), ticket[HeadBytes..], ticket.Slice(KeyIdBytes + NonceBytes, TagBytes), body,
                _environment);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return new Session(
            Convert.ToHexStringLower(body[..IdBytes]),
            Convert.ToHexStringLower(body.Slice(IdBytes, SHA256.HashSizeInBytes)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(body[^(2 * TimeBytes)..])),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(body[^TimeBytes..])));
    }
}
