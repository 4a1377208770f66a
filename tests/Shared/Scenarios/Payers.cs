using RouterCluster.Domain.Channels;

namespace RouterCluster.Testing.Scenarios;

/// <summary>Who pays, and whom: chance of its own, so that scenarios in which it does not matter stay as they were.</summary>
internal sealed class Payers(int seed)
{
    private const int Merchants = 20;
    private const int People = 100_000;
    private const ulong StormMerchant = Merchants + 1;
    private readonly Random _random = new(seed ^ 0x5EED);

    public double Draw() => _random.NextDouble();

    /// <summary>Of many people, at a merchant: the first of these is the largest, with a fifth of the payments.</summary>
    public Source Next()
    {
        var (person, merchant) = (_random.Next(People), _random.NextDouble());
        return Source.Of((ulong)person, (ulong)(Merchants * merchant * merchant));
    }

    public Source NextOfStorm(int payers) => Source.Of((ulong)(People + _random.Next(payers)), StormMerchant);
}
