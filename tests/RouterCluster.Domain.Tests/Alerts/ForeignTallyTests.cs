using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

public sealed class ForeignTallyTests
{
    private static readonly MerchantId Shop = new("shop");
    private static readonly ChannelId Alpha = new("alpha");

    private readonly ForeignTally _tally = new();

    [Fact]
    public void What_all_nodes_have_refused_adds_up_by_merchant_and_channel()
    {
        _tally.Count(new ForeignRequests(Shop, null, 2, "192.0.2.7"), At(0));
        _tally.Count(new ForeignRequests(null, Alpha, 1, "192.0.2.8"), At(1));
        _tally.Count(new ForeignRequests(Shop, null, 3, "192.0.2.9"), At(2));

        Assert.Equal(
            [new ForeignRequests(Shop, null, 5, "192.0.2.9"), new ForeignRequests(null, Alpha, 1, "192.0.2.8")],
            _tally.Read(At(3)).AsEnumerable());
    }

    [Fact]
    public void It_is_forgotten_after_five_minutes()
    {
        _tally.Count(new ForeignRequests(Shop, null, 1, "192.0.2.7"), At(0));
        Assert.Single(_tally.Read(At(289)));
        Assert.Empty(_tally.Read(At(300)));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
