using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Secrets.Stored;

namespace RouterCluster.Node.Payments;

/// <summary>
/// AES-256-GCM under a key derived for each sealed account. Ciphertext: version (1 byte, 1), key id (4, big-endian), salt
/// of the derivation (16), nonce (12), tag (16), encrypted text. Version, key id and salt are authenticated with the
/// text.
/// </summary>
public sealed class AccountVault(EncryptionKeys keys) : IAccountVault
{
    private const byte Version = 1;
    private const int KeyIdAt = 1;
    private const int SaltAt = 5;
    private const int NonceAt = 21;
    private const int TagAt = 33;
    private const int TextAt = 49;

    public SealedAccount Seal(AccountDetails account)
    {
        var plain = ToStored(account).ToByteArray();
        var whole = new byte[TextAt + plain.Length];
        whole[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(KeyIdAt), keys.Sealing.Id);
        RandomNumberGenerator.Fill(whole.AsSpan(SaltAt, TagAt - SaltAt));
        Span<byte> key = stackalloc byte[EncryptionKeys.KeyBytes];
        keys.Sealing.DeriveAccountKey(whole.AsSpan(SaltAt..NonceAt), key);
        using (var cipher = new AesGcm(key, TextAt - TagAt))
        {
            cipher.Encrypt(
                whole.AsSpan(NonceAt..TagAt), plain, whole.AsSpan(TextAt), whole.AsSpan(TagAt..TextAt), whole.AsSpan(..NonceAt));
        }

        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(plain);
        return new SealedAccount(whole, account.MaskedNumber, account.Bank);
    }

    public AccountDetails Open(SealedAccount account)
    {
        var whole = account.Ciphertext.Span;
        if (whole.Length < TextAt || whole[0] != Version)
        {
            throw new InvalidOperationException("A sealed account is not of a form that this version knows.");
        }

        var id = BinaryPrimitives.ReadUInt32BigEndian(whole[KeyIdAt..]);
        var master = keys.Find(id)
            ?? throw new InvalidOperationException($"Encryption key {id:x8} of a sealed account is not in the ring.");
        Span<byte> key = stackalloc byte[EncryptionKeys.KeyBytes];
        master.DeriveAccountKey(whole[SaltAt..NonceAt], key);
        var plain = new byte[whole.Length - TextAt];
        try
        {
            using var cipher = new AesGcm(key, TextAt - TagAt);
            cipher.Decrypt(whole[NonceAt..TagAt], whole[TextAt..], whole[TagAt..TextAt], plain, whole[..NonceAt]);
            return ToDetails(AccountText.Parser.ParseFrom(plain));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidOperationException("A sealed account was tampered with.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public Fingerprint Fingerprint(ReadOnlySpan<byte> canonical) => new(keys.First.Fingerprint(canonical));

    private static AccountText ToStored(AccountDetails account)
    {
        var stored = new AccountText { Number = account.Number };
        if (account.Holder is { } holder)
        {
            stored.Holder = holder;
        }

        if (account.Bank is { } bank)
        {
            stored.Bank = bank;
        }

        if (account.IdNo is { } idNo)
        {
            stored.IdNo = idNo;
        }

        if (account.Phone is { } phone)
        {
            stored.Phone = phone;
        }

        return stored;
    }

    private static AccountDetails ToDetails(AccountText stored) => new(
        stored.Number,
        stored.HasHolder ? stored.Holder : null,
        stored.HasBank ? stored.Bank : null,
        stored.HasIdNo ? stored.IdNo : null,
        stored.HasPhone ? stored.Phone : null);
}
