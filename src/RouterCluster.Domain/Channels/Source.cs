namespace RouterCluster.Domain.Channels;

/// <summary>
/// Whose payment an attempt is, as far as routing needs to know it: the numbers of two drawers, into which many payers
/// and many merchants are sorted by a hash. Enough to notice that much trouble comes from few; who they are cannot be
/// read from it. Nothing is known of the default.
/// </summary>
/// <param name="Payer">1 to <see cref="Payers"/>, or 0.</param>
/// <param name="Merchant">1 to <see cref="Merchants"/>, or 0.</param>
public readonly record struct Source(ushort Payer, ushort Merchant)
{
    public const int Payers = 1024;
    public const int Merchants = 256;

    public static Source Of(ulong payerHash, ulong merchantHash) =>
        new((ushort)(1 + (payerHash % Payers)), (ushort)(1 + (merchantHash % Merchants)));
}
