using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Outcomes;
using Xunit.Abstractions;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>How fast the success rate pages, and what it does not page for.</summary>
public sealed class SuccessRateTests(ITestOutputHelper output)
{
    private const double Usual = 0.03;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_sharp_drop_pages_within_ten_seconds(int seed)
    {
        var scene = Settled(seed, 10);

        var raised = scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromMinutes(5),
            one => one.Traffic(AlertScene.Alpha, 10, 0.6, OutcomeClass.ChannelLimit));

        output.WriteLine($"{raised}");
        Assert.InRange(raised!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(9));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_decline_of_two_points_pages_within_ten_minutes(int seed)
    {
        var scene = Settled(seed, 10);
        var steps = 0;

        var raised = scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromMinutes(30),
            one => one.Traffic(
                AlertScene.Alpha, 10, Usual + (0.02 * Math.Min(1, ++steps / 120.0)), OutcomeClass.ChannelLimit));

        output.WriteLine($"{raised}");
        Assert.InRange(raised!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_channel_with_one_payment_a_minute_that_has_died_pages_within_ten_minutes(int seed)
    {
        var scene = Settled(seed, 1 / 60.0);

        var raised = scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromMinutes(30),
            one => one.Ends(AlertScene.Alpha, OutcomeClass.ChannelLimit, "96", one.Now.Seconds == 0 ? 1 : 0));

        output.WriteLine($"{raised}");
        Assert.InRange(raised!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_storm_of_customers_failures_pages_nobody()
    {
        var scene = Settled(1, 10);
        for (var second = 0; second < 600; second++)
        {
            scene.Ends(AlertScene.Alpha, OutcomeClass.CustomerFunds, "51", 50);
            Assert.Empty(scene.Look(TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public void Customers_failures_hide_no_fault_of_the_channel()
    {
        var scene = Settled(1, 10);
        var raised = scene.UntilRaised(AlertRule.SuccessRate, TimeSpan.FromMinutes(1), one =>
        {
            one.Ends(AlertScene.Alpha, OutcomeClass.CustomerFunds, "51", 500);
            one.Traffic(AlertScene.Alpha, 10, 0.9, OutcomeClass.ChannelLimit);
        });
        Assert.InRange(raised!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>Rates and faults move with the hour, and faults come in clusters of a few minutes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Healthy_and_noisy_traffic_pages_nobody(int seed)
    {
        var hours = Environment.GetEnvironmentVariable("ROUTERCLUSTER_LONG") is null ? 10 : 100;
        var scene = new AlertScene(seed, AlertScene.Alpha, AlertScene.Bravo);
        var noise = new Random(seed);
        var share = 0.03;
        for (var second = 0; second < hours * 3600; second++)
        {
            if (second % 180 == 0)
            {
                share = 0.03 + (0.006 * noise.NextDouble());
            }

            var day = 1 + (0.8 * Math.Sin(second * 2 * Math.PI / 86_400));
            scene.Traffic(AlertScene.Alpha, 5 * day, share, OutcomeClass.ChannelLimit);
            scene.Traffic(AlertScene.Bravo, 0.05 * day, share, OutcomeClass.ChannelLimit);
            var changes = scene.Look(TimeSpan.FromSeconds(1));
            Assert.True(changes.Count == 0, changes.Count == 0 ? "" : $"{scene.Now}: {changes[0].Alert.Message}");
        }
    }

    [Fact]
    public void A_channel_that_is_always_worse_than_allowed_pages()
    {
        var scene = new AlertScene(1, AlertScene.Alpha);

        var raised = scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromHours(3),
            one => one.Traffic(AlertScene.Alpha, 2, 0.2, OutcomeClass.ChannelLimit));
        Assert.NotNull(raised);
        for (var second = 0; second < 24 * 3600; second++)
        {
            scene.Traffic(AlertScene.Alpha, 2, 0.2, OutcomeClass.ChannelLimit);
            scene.Look(TimeSpan.FromSeconds(1));
        }

        Assert.Contains(scene.Alerts, alert => alert.Rule == AlertRule.SuccessRate);
    }

    [Fact]
    public void The_alert_stays_without_traffic_and_ends_when_payments_succeed_again()
    {
        var scene = Settled(1, 10);
        scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromMinutes(1),
            one => one.Traffic(AlertScene.Alpha, 10, 1, OutcomeClass.ChannelLimit));
        scene.UntilRaised(AlertRule.Network, TimeSpan.FromHours(1), _ => { });
        Assert.Contains(scene.Alerts, alert => alert.Rule == AlertRule.SuccessRate);

        scene.UntilRaised(
            AlertRule.Network, TimeSpan.FromMinutes(3),
            one => one.Traffic(AlertScene.Alpha, 10, Usual, OutcomeClass.ChannelLimit));
        Assert.DoesNotContain(scene.Alerts, alert => alert.Rule == AlertRule.SuccessRate);
    }

    /// <summary>An hour of the usual traffic, which raises nothing.</summary>
    private static AlertScene Settled(int seed, double rate)
    {
        var scene = new AlertScene(seed, AlertScene.Alpha);
        var raised = scene.UntilRaised(
            AlertRule.SuccessRate, TimeSpan.FromHours(1),
            one => one.Traffic(AlertScene.Alpha, rate, Usual, OutcomeClass.ChannelLimit));
        Assert.Null(raised);
        return scene;
    }
}
