using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Secrets;

/// <summary>One master key. It encrypts nothing itself: a key is derived from it for each use.</summary>
internal sealed class EncryptionKey
{
    private readonly byte[] _master;
    private readonly byte[] _fingerprintKey;

    public EncryptionKey(byte[] master)
    {
        _master = master;
        _fingerprintKey = Derive("router fingerprint"u8);
        SessionKey = Derive("router console session"u8);
        Id = BinaryPrimitives.ReadUInt32BigEndian(Derive("router key id"u8));
        CheckValue = Convert.ToHexStringLower(HMACSHA256.HashData(Derive("router check value"u8), "router"u8));
    }

    /// <summary>Written into each ciphertext; derived from the key, so that keys need no numbering.</summary>
    public uint Id { get; }

    public string CheckValue { get; }

    /// <summary>Seals the console's sessions.</summary>
    public byte[] SessionKey { get; }

    public UInt128 Fingerprint(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_fingerprintKey, canonical, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public void DeriveKey(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> salt, Span<byte> key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, salt, purpose);

    private byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        var key = new byte[EncryptionKeys.KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, [], purpose);
        return key;
    }
}
