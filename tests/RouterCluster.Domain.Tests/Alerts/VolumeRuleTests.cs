using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>The rule of volumes at its thresholds, its end, and what explains it.</summary>
public sealed class VolumeRuleTests
{
    private const string Node = "akka://router";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly MerchantId Shop = new("shop");
    private readonly AlertScene _scene = new(1, AlertScene.Alpha, AlertScene.Bravo);

    [Theory]
    [InlineData(501, 1000, 4, false)]
    [InlineData(499, 1000, 4, true)]
    [InlineData(1499, 1000, 4, false)]
    [InlineData(1501, 1000, 4, true)]
    [InlineData(0, 1000, 2, true)]
    [InlineData(0, 1000, 1, false)]
    public void Half_of_the_usual_number_away(int taken, int usual, int weeks, bool raises) =>
        Expect(new VolumeFigures(Product.Withhold, taken, usual, usual, weeks), raises);

    [Theory]
    [InlineData(0, 29, false)]
    [InlineData(0, 30, true)]
    [InlineData(14, 30, false)]
    [InlineData(29, 0, false)]
    [InlineData(30, 0, true)]
    public void Few_payments_must_be_far_away(int taken, int usual, bool raises) =>
        Expect(new VolumeFigures(Product.Withhold, taken, usual, usual, 4), raises);

    [Theory]
    [InlineData(101, false)]
    [InlineData(600, false)]
    [InlineData(2900, false)]
    [InlineData(40, true)]
    [InlineData(3100, true)]
    public void Between_two_quarters_every_number_is_usual(int taken, bool raises) =>
        Expect(new VolumeFigures(Product.Withhold, taken, 200, 2000, 4), raises);

    [Fact]
    public void It_says_how_many_came_and_how_many_usually_come()
    {
        Look(new VolumeFigures(Product.Payout, 40, 200, 250.5, 3));
        var alert = Assert.Single(_scene.Alerts);
        Assert.Equal("40 payments came in 15 min, usually 200 at this time (3 earlier weeks)", alert.Message);
        Assert.Equal((40, 100), (alert.Value, alert.Threshold));
        Assert.Equal(new AlertSubject { Product = Product.Payout }, alert.Subject);
    }

    [Theory]
    [InlineData(700, 1000, false)]
    [InlineData(750, 1000, true)]
    [InlineData(1300, 1000, false)]
    [InlineData(1250, 1000, true)]
    [InlineData(1, 5, true)]
    [InlineData(null, 1000, false)]
    public void It_is_over_when_half_of_the_way_back_is_done(int? taken, int usual, bool isOver)
    {
        Look(new VolumeFigures(Product.Withhold, 100, 1000, 1000, 4));
        Look(new VolumeFigures(Product.Withhold, taken, usual, usual, 4));
        _scene.Look(60 * Second);
        Assert.Equal(isOver, _scene.Alerts.Count == 0);
    }

    [Fact]
    public void A_product_says_nothing_of_another()
    {
        _scene.Figures = _scene.Figures with
        {
            Volumes = [new(Product.Withhold, 0, 1000, 1000, 4), new(Product.Payout, 1000, 1000, 1000, 4)],
        };
        _scene.Look(Second);
        Assert.Equal(Product.Withhold, Assert.Single(_scene.Alerts).Subject.Product);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(5000, false)]
    public void The_outage_of_the_only_channel_explains_a_fall_and_no_rise(int taken, bool explains)
    {
        _scene.Figures = _scene.Figures with
        {
            Lines = [new LineFigures(Shop, Product.Withhold, [AlertScene.Alpha], [AlertScene.Alpha])],
        };
        _scene.Change(channel => channel with { Silence = new SilenceFigures(4, 31 * Second) });
        Assert.Equal(explains ? AlertRule.ChannelOutage : null, CauseOf(taken));
    }

    [Theory]
    [InlineData(Product.Withhold, AlertRule.AllDegraded)]
    [InlineData(Product.Payout, null)]
    public void A_product_that_no_channel_takes_is_a_cause(Product degraded, AlertRule? cause)
    {
        _scene.Figures = _scene.Figures with
        {
            Lines = [new LineFigures(Shop, degraded, [AlertScene.Alpha, AlertScene.Bravo], [])],
        };
        Assert.Equal(cause, CauseOf(100));
    }

    [Fact]
    public void One_channel_of_two_is_no_cause()
    {
        _scene.Figures = _scene.Figures with
        {
            Lines = [new LineFigures(Shop, Product.Withhold, [AlertScene.Alpha, AlertScene.Bravo], [AlertScene.Bravo])],
        };
        var outage = new OutageStanding(OutageLevel.Down, default);
        _scene.Change(channel => channel with { Outages = channel.Outages.SetItem(Product.Withhold, outage) });
        Assert.Null(CauseOf(100));
    }

    [Theory]
    [InlineData(true, 100, AlertRule.NodeLost)]
    [InlineData(false, 900, AlertRule.StorageSlow)]
    [InlineData(false, 100, null)]
    public void A_lost_node_and_slow_storage_are_causes(bool isLost, int commitMs, AlertRule? cause)
    {
        _scene.Figures = _scene.Figures with
        {
            Nodes = [new NodeFigures(Node, isLost, TimeSpan.FromMilliseconds(commitMs), null)],
        };
        Assert.Equal(cause, CauseOf(100));
    }

    private void Look(VolumeFigures volume)
    {
        _scene.Figures = _scene.Figures with { Volumes = [volume] };
        _scene.Look(Second);
    }

    private void Expect(VolumeFigures volume, bool raises)
    {
        Look(volume);
        Assert.Equal(raises ? [AlertRule.Volume] : [], _scene.Alerts.Select(alert => alert.Rule));
    }

    private AlertRule? CauseOf(int taken)
    {
        Look(new VolumeFigures(Product.Withhold, taken, 1000, 1000, 4));
        _scene.Look(10 * Second);
        _scene.Look(Second);
        var alerts = _scene.Alerts.ToDictionary(alert => alert.Id);
        return alerts.Values.Single(alert => alert.Rule == AlertRule.Volume).CausedBy is { } cause ? alerts[cause].Rule : null;
    }
}
