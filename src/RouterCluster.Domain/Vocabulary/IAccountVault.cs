namespace RouterCluster.Domain.Vocabulary;

public interface IAccountVault
{
    SealedAccount Seal(AccountDetails account);

    /// <exception cref="InvalidOperationException">The key is not in the ring, or the text was tampered with.</exception>
    AccountDetails Open(SealedAccount account);

    Fingerprint Fingerprint(ReadOnlySpan<byte> canonical);
}
