using System.Text;
using CsCheck;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Secrets;

namespace RouterCluster.Node.Tests.Payments;

public sealed class AccountVaultTests
{
    private static readonly string OldKey = Key(1);
    private static readonly string NewKey = Key(2);

    private static readonly AccountDetails Account =
        new("6222020000000001", "Zhang San", "ICBC", "110101199003070011", "13800000000");

    [Fact]
    public void An_account_comes_back_as_it_was() =>
        Gen.Select(PaymentGenerators.Text, PaymentGenerators.MaybeText, PaymentGenerators.MaybeText, PaymentGenerators.MaybeText)
            .Select((number, holder, bank, phone) => new AccountDetails(number, holder, bank, holder, phone))
            .Sample(account => Assert.Equal(account, Vault(OldKey).Open(Vault(OldKey).Seal(account))), iter: 500);

    [Fact]
    public void Nothing_of_the_account_can_be_read_without_the_key()
    {
        var sealedAccount = Vault(OldKey).Seal(Account);
        var text = Encoding.Latin1.GetString(sealedAccount.Ciphertext.Span);
        foreach (var secret in new[] { Account.Number, Account.Holder!, Account.IdNo!, Account.Phone!, "620000" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        Assert.Equal("622202******0001", sealedAccount.MaskedNumber);
        Assert.Equal("ICBC", sealedAccount.Bank);
        Assert.DoesNotContain(Account.Number, $"{Account} {sealedAccount}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_account_is_never_sealed_the_same_way_twice()
    {
        var vault = Vault(OldKey);
        Assert.NotEqual(vault.Seal(Account).Ciphertext.ToArray(), vault.Seal(Account).Ciphertext.ToArray());
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        var vault = Vault(OldKey);
        var whole = vault.Seal(Account).Ciphertext.ToArray();
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = whole.ToArray();
            changed[i] ^= 1;
            Assert.Throws<InvalidOperationException>(() => vault.Open(new SealedAccount(changed, "", null)));
        }

        Assert.Throws<InvalidOperationException>(() => vault.Open(new SealedAccount(whole.AsMemory(..40), "", null)));
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Vault(NewKey).Open(Vault(OldKey).Seal(Account)));
        Assert.Contains("not in the ring", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_added_behind_seals_and_what_the_old_one_sealed_still_opens()
    {
        var rotated = Vault($"{OldKey},{NewKey}");
        Assert.Equal(Account, rotated.Open(Vault(OldKey).Seal(Account)));
        Assert.Equal(Account, Vault(NewKey).Open(rotated.Seal(Account)));
    }

    [Fact]
    public void Rotation_changes_neither_fingerprints_nor_the_check_value()
    {
        var content = "canonical"u8.ToArray();
        Assert.Equal(Vault(OldKey).Fingerprint(content), Vault($"{OldKey},{NewKey}").Fingerprint(content));
        Assert.Equal(Ring(OldKey).CheckValue, Ring($"{OldKey},{NewKey}").CheckValue);
    }

    [Fact]
    public void Fingerprints_and_check_values_depend_on_content_and_key()
    {
        var vault = Vault(OldKey);
        Assert.Equal(vault.Fingerprint("a"u8), vault.Fingerprint("a"u8));
        Assert.NotEqual(vault.Fingerprint("a"u8), vault.Fingerprint("b"u8));
        Assert.NotEqual(vault.Fingerprint("a"u8), Vault(NewKey).Fingerprint("a"u8));
        Assert.NotEqual(Ring(OldKey).CheckValue, Ring(NewKey).CheckValue);
    }

    [Fact]
    public void What_was_sealed_by_the_first_version_still_opens() =>
        Assert.Equal(Account, Vault(OldKey).Open(new SealedAccount(Golden.Read("sealed-account"), "", null)));

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private static EncryptionKeys Ring(string keys) => EncryptionKeys.Load(keys, "/nowhere", liveMode: true);

    private static AccountVault Vault(string keys) => new(Ring(keys));
}
