using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Node.Platform.Secrets;

/// <summary>
/// AES-256-GCM under a key derived for each sealed text. Sealed: version (1 byte, 1), key id (4, big-endian), salt of the
/// derivation (16), nonce (12), tag (16), encrypted text. Version, key id and salt are authenticated with the text.
/// </summary>
/// <param name="purpose">What is sealed for one purpose opens for no other.</param>
internal sealed class Sealer(EncryptionKeys keys, string purpose)
{
    private const byte Version = 1;
    private const int KeyIdAt = 1;
    private const int SaltAt = 5;
    private const int NonceAt = 21;
    private const int TagAt = 33;
    private const int TextAt = 49;

    private readonly byte[] _purpose = Encoding.UTF8.GetBytes(purpose);

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var whole = new byte[TextAt + plain.Length];
        whole[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(KeyIdAt), keys.Sealing.Id);
        RandomNumberGenerator.Fill(whole.AsSpan(SaltAt, TagAt - SaltAt));
        using var cipher = CipherOf(keys.Sealing, whole.AsSpan(SaltAt..NonceAt));
        cipher.Encrypt(
            whole.AsSpan(NonceAt..TagAt), plain, whole.AsSpan(TextAt), whole.AsSpan(TagAt..TextAt), whole.AsSpan(..NonceAt));
        return whole;
    }

    /// <exception cref="CryptographicException">Its form or its key is not known, or it was tampered with.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole)
    {
        if (whole.Length < TextAt || whole[0] != Version)
        {
            throw new CryptographicException("it is not of a form that this version knows");
        }

        var id = BinaryPrimitives.ReadUInt32BigEndian(whole[KeyIdAt..]);
        var key = keys.Find(id) ?? throw new CryptographicException($"its encryption key {id:x8} is not in the ring");
        var plain = new byte[whole.Length - TextAt];
        using var cipher = CipherOf(key, whole[SaltAt..NonceAt]);
        cipher.Decrypt(whole[NonceAt..TagAt], whole[TextAt..], whole[TagAt..TextAt], plain, whole[..NonceAt]);
        return plain;
    }

    private AesGcm CipherOf(EncryptionKey master, ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[EncryptionKeys.KeyBytes];
        master.DeriveKey(_purpose, salt, key);
        try
        {
            return new AesGcm(key, TextAt - TagAt);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
