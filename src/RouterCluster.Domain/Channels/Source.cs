namespace RouterCluster.Domain.Channels;

/// <summary>
/// Whose payment an attempt is, as far as routing needs to know it: a hash puts payers and merchants into a few numbered
/// drawers. Enough to notice that much trouble comes from few, and not to tell who they are.
/// </summary>
/// <param name="Payer">0 if unknown.</param>
/// <param name="Merchant">0 if unknown.</param>
public readonly record struct Source(ushort Payer, ushort Merchant)
{
    public const int Payers = 1024;
    public const int Merchants = 256;

    public static Source Of(ulong payerHash, ulong merchantHash) =>
        new((ushort)(1 + (payerHash % Payers)), (ushort)(1 + (merchantHash % Merchants)));
}
