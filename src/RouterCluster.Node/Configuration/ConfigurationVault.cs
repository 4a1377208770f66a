using System.Buffers.Binary;
using System.Security.Cryptography;
using RouterCluster.Node.Platform.Secrets;

namespace RouterCluster.Node.Configuration;

/// <summary>
/// Stored configurations hold secrets of channels and tokens of merchants. AES-256-GCM under a key derived for each one.
/// Ciphertext: version (1 byte, 1), key id (4, big-endian), salt (16), nonce (12), tag (16), encrypted bytes; the first three
/// are authenticated with them.
/// </summary>
internal sealed class ConfigurationVault(EncryptionKeys keys)
{
    private const byte Version = 1;
    private const int KeyIdAt = 1;
    private const int SaltAt = 5;
    private const int NonceAt = 21;
    private const int TagAt = 33;
    private const int TextAt = 49;

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var whole = new byte[TextAt + plain.Length];
        whole[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(KeyIdAt), keys.Sealing.Id);
        RandomNumberGenerator.Fill(whole.AsSpan(SaltAt, TagAt - SaltAt));
        using var cipher = CipherOf(keys.Sealing, whole);
        cipher.Encrypt(
            whole.AsSpan(NonceAt..TagAt), plain, whole.AsSpan(TextAt), whole.AsSpan(TagAt..TextAt), whole.AsSpan(..NonceAt));
        return whole;
    }

    /// <exception cref="CryptographicException">Another key sealed it, or it was changed.</exception>
    public byte[] Open(byte[] whole)
    {
        if (whole.Length < TextAt || whole[0] != Version
            || keys.Find(BinaryPrimitives.ReadUInt32BigEndian(whole.AsSpan(KeyIdAt))) is not { } key)
        {
            throw new CryptographicException("A stored configuration is sealed in a form, or with a key, that is not known.");
        }

        var plain = new byte[whole.Length - TextAt];
        using var cipher = CipherOf(key, whole);
        cipher.Decrypt(
            whole.AsSpan(NonceAt..TagAt), whole.AsSpan(TextAt), whole.AsSpan(TagAt..TextAt), plain, whole.AsSpan(..NonceAt));
        return plain;
    }

    private static AesGcm CipherOf(EncryptionKey key, byte[] whole)
    {
        Span<byte> derived = stackalloc byte[EncryptionKeys.KeyBytes];
        key.DeriveConfigurationKey(whole.AsSpan(SaltAt..NonceAt), derived);
        return new AesGcm(derived, TextAt - TagAt);
    }
}
