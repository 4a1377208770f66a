namespace RouterCluster.Domain.Channels;

/// <summary>
/// Whose payment an attempt is, as far as routing needs to know it: hashes put many payers and many merchants into each of
/// a few numbered drawers. That is enough to notice that much trouble comes from few, and tells nobody who they are. Drawer
/// 0 stands for unknown.
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
