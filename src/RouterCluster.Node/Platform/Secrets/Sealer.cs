using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace RouterCluster.Node.Platform.Secrets;

/// <summary>
/// AES-256-GCM under keys that are derived from the master key. Sealed: version (1 byte, 1), key id (4, big-endian), salt of the
/// derivation (16), nonce (12), tag (16), encrypted text. Version, key id and salt are authenticated with the text.
/// </summary>
/// <remarks>
/// The nonces are random, so a derived key must not seal more than 2^32 texts (NIST SP 800-38D, section 8.3).
/// </remarks>
/// <param name="purpose">What is sealed for one purpose opens for no other.</param>
/// <param name="textsOfOneKey">After so many a new key is derived.</param>
internal sealed class Sealer(EncryptionKeys keys, string purpose, int textsOfOneKey)
{
    public const int UsualTexts = 1 << 20;

    private const byte Version = 1;
    private const int KeyIdAt = 1;
    private const int SaltAt = 5;
    private const int NonceAt = 21;
    private const int TagAt = 33;
    private const int TextAt = 49;

    /// <summary>Nodes and their restarts have salts of their own, of which few are in use at a time.</summary>
    private const int MostKeys = 256;

    private readonly byte[] _purpose = Encoding.UTF8.GetBytes(purpose);
    private readonly ConcurrentDictionary<(uint Id, UInt128 Salt), Cipher> _ciphers = new();
    private readonly object _gate = new();
    private Cipher? _sealing;
    private int _sealed;

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var cipher = SealingCipher();
        var whole = new byte[TextAt + plain.Length];
        whole[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(KeyIdAt), keys.Sealing.Id);
        BinaryPrimitives.WriteUInt128BigEndian(whole.AsSpan(SaltAt), cipher.Salt);
        RandomNumberGenerator.Fill(whole.AsSpan(NonceAt, TagAt - NonceAt));
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
        var plain = new byte[whole.Length - TextAt];
        CipherOf(id, BinaryPrimitives.ReadUInt128BigEndian(whole[SaltAt..]))
            .Decrypt(whole[NonceAt..TagAt], whole[TextAt..], whole[TagAt..TextAt], plain, whole[..NonceAt]);
        return plain;
    }

    private Cipher SealingCipher()
    {
        lock (_gate)
        {
            if (_sealing is null || ++_sealed > textsOfOneKey)
            {
                Span<byte> salt = stackalloc byte[NonceAt - SaltAt];
                RandomNumberGenerator.Fill(salt);
                (_sealing, _sealed) = (CipherOf(keys.Sealing.Id, BinaryPrimitives.ReadUInt128BigEndian(salt)), 1);
            }

            return _sealing;
        }
    }

    private Cipher CipherOf(uint id, UInt128 salt)
    {
        if (_ciphers.TryGetValue((id, salt), out var known))
        {
            return known;
        }

        if (_ciphers.Count >= MostKeys)
        {
            // One that is in use still serves its callers.
            _ciphers.Clear();
        }

        var key = keys.Find(id) ?? throw new CryptographicException($"its encryption key {id:x8} is not in the ring");
        return _ciphers.GetOrAdd((id, salt), static (at, of) => new Cipher(of.Key, of._purpose, at.Salt), (Key: key, _purpose));
    }

    /// <summary>One derived key. The platform's cipher takes one call at a time.</summary>
    private sealed class Cipher
    {
        private readonly object _gate = new();
        private readonly AesGcm _cipher;

        public Cipher(EncryptionKey master, ReadOnlySpan<byte> purpose, UInt128 salt)
        {
            Salt = salt;
            Span<byte> key = stackalloc byte[EncryptionKeys.KeyBytes];
            Span<byte> bytes = stackalloc byte[NonceAt - SaltAt];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, salt);
            master.DeriveKey(purpose, bytes, key);
            _cipher = new AesGcm(key, TextAt - TagAt);
            CryptographicOperations.ZeroMemory(key);
        }

        public UInt128 Salt { get; }

        public void Encrypt(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> text, Span<byte> tag, ReadOnlySpan<byte> head)
        {
            lock (_gate)
            {
                _cipher.Encrypt(nonce, plain, text, tag, head);
            }
        }

        public void Decrypt(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> head)
        {
            lock (_gate)
            {
                _cipher.Decrypt(nonce, text, tag, plain, head);
            }
        }
    }
}
