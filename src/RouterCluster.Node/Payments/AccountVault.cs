using System.Security.Cryptography;
using Google.Protobuf;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Secrets.Stored;

namespace RouterCluster.Node.Payments;

/// <summary>Seals accounts, and makes the keyed fingerprints of requests.</summary>
public sealed class AccountVault : IAccountVault
{
    private readonly EncryptionKeys _keys;
    private readonly Sealer _sealer;

    public AccountVault(EncryptionKeys keys) => (_keys, _sealer) = (keys, new Sealer(keys, "router account", Sealer.UsualTexts));

    public SealedAccount Seal(AccountDetails account)
    {
        var plain = ToStored(account).ToByteArray();
        var sealedAccount = new SealedAccount(_sealer.Seal(plain), account.MaskedNumber, account.Bank);
        CryptographicOperations.ZeroMemory(plain);
        return sealedAccount;
    }

    public AccountDetails Open(SealedAccount account)
    {
        try
        {
            var plain = _sealer.Open(account.Ciphertext.Span);
            var details = ToDetails(AccountText.Parser.ParseFrom(plain));
            CryptographicOperations.ZeroMemory(plain);
            return details;
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException($"A sealed account cannot be opened: {exception.Message}", exception);
        }
    }

    public Fingerprint Fingerprint(ReadOnlySpan<byte> canonical) => new(_keys.First.Fingerprint(canonical));

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
