using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class ClusterFiguresTests
{
    private const string One = "akka.tcp://router@one:2551";
    private const string Two = "akka.tcp://router@two:2551";

    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ChannelId Alpha = new("alpha");
    private static readonly ChannelId Bravo = new("bravo");
    private readonly FakeChannels _channels = new();

    private readonly ClusterFigures _figures = new(
        () => [new RouteLine(new MerchantId("shop"), Product.Withhold, [Alpha, Bravo])]);

    [Fact]
    public void Figures_of_all_nodes_add_up()
    {
        Report(One, new UnknownFigures(2, 500, TimeSpan.FromSeconds(5)), ended: 3);
        Report(Two, new UnknownFigures(1, 100, TimeSpan.FromSeconds(9)), ended: 4);

        var alpha = Read(0, One, Two).Channels.Single(channel => channel.Channel == Alpha);

        Assert.Equal(new UnknownFigures(3, 600, TimeSpan.FromSeconds(9)), alpha.Unknown);
        Assert.Equal((7, 7), (alpha.EndedInMinute, alpha.NetworkFaultsInMinute));
    }

    [Fact]
    public void A_channel_is_as_silent_as_its_owner_says()
    {
        var silence = new SilenceFigures(4, TimeSpan.FromSeconds(31));
        Report(One, default, ended: 0);
        _figures.Take(
            new ReportNodeFigures(Two, [], [], null, null, []) { Silent = [new SilentChannel(Alpha, silence)] }, TimeSpan.Zero);

        Assert.Equal([silence, default], Read(0, One, Two).Channels.Select(channel => channel.Silence));
    }

    [Fact]
    public void A_node_reports_its_own_certificates()
    {
        Report(One, default, ended: 0);
        var ends = new CertificateFigures("router.cluster.tls.ca", At.AddDays(3));
        _figures.Take(new ReportNodeFigures(Two, [], [], null, null, []) { Certificates = [ends] }, TimeSpan.Zero);

        var nodes = Read(0, One, Two).Nodes.ToDictionary(node => node.Address, node => node.Certificates.ToArray());

        Assert.Equal([], nodes[One]);
        Assert.Equal([ends], nodes[Two]);
    }

    [Fact]
    public void Requests_from_foreign_addresses_add_up_over_nodes()
    {
        var requests = new ForeignRequests(new MerchantId("shop"), null, 2, "192.0.2.7");
        foreach (var node in new[] { One, Two })
        {
            _figures.Take(new ReportNodeFigures(node, [], [], null, null, []) { Foreign = [requests] }, TimeSpan.Zero);
        }

        Assert.Equal([requests with { Count = 4 }], Read(0, One, Two).Foreign.ToArray());
    }

    [Fact]
    public void Payments_that_nodes_take_add_up()
    {
        var quarter = At.ToUnixTimeSeconds() / 900;
        _figures.Volumes.Recover(
            Enumerable.Range(-1, 3).Select(no => new UsualVolume(Product.Payout, quarter + no - 672, [30, 30])));
        for (var minute = 0; minute < 17; minute++)
        {
            foreach (var node in new[] { One, Two })
            {
                _figures.Take(
                    new ReportNodeFigures(node, [], [], null, null, []) { Taken = [new TakenPayments(Product.Payout, 2)] },
                    TimeSpan.FromMinutes(minute));
            }

            Read(At.AddMinutes(minute), 60 * minute, One, Two);
        }

        Assert.Equal(60, Assert.Single(Read(At.AddMinutes(16), 60 * 16, One, Two).Volumes).Taken);
    }

    [Fact]
    public void A_second_report_of_a_node_takes_the_place_of_its_first()
    {
        Report(One, new UnknownFigures(2, 500, TimeSpan.FromSeconds(5)), ended: 0);
        Report(One, new UnknownFigures(1, 200, TimeSpan.FromSeconds(5)), ended: 0);

        Assert.Equal(1, Read(0, One).Channels.Single(channel => channel.Channel == Alpha).Unknown.Count);
    }

    [Fact]
    public void While_a_member_is_silent_the_figures_are_not_complete()
    {
        Report(One, default, ended: 0);
        Assert.True(Read(3, One).AreComplete);
        Assert.False(Read(4, One).AreComplete);
        Assert.False(Read(0, One, Two).AreComplete);
    }

    [Fact]
    public void A_lost_node_is_lost_until_it_returns_or_ten_minutes_have_passed()
    {
        Report(Two, new UnknownFigures(1, 100, TimeSpan.FromSeconds(9)), ended: 0);
        _figures.Lost(Two, TimeSpan.Zero);

        Assert.Equal((Two, true), IsLost(Read(0)));
        Assert.Equal(0, Read(0).Channels.Sum(channel => channel.Unknown.Count));
        Assert.Equal((Two, true), IsLost(Read(600)));
        Assert.Empty(Read(601).Nodes);

        _figures.Lost(Two, TimeSpan.Zero);
        _figures.Returned(Two);
        Assert.Empty(Read(0).Nodes);
    }

    [Fact]
    public void A_node_that_left_is_no_lost_one()
    {
        Report(Two, default, ended: 0);
        _figures.Left(Two);
        Assert.Empty(Read(0).Nodes);
    }

    [Fact]
    public void A_channel_is_without_owner_since_it_was_seen_so()
    {
        _channels.Set("alpha", status => status with { Lifecycle = ChannelLifecycle.NoOwner });
        Read(0);
        Assert.Equal(TimeSpan.FromSeconds(30), Of(Read(30)).NoOwnerFor);
        Assert.Equal(Bravo, Assert.Single(Assert.Single(Read(30).Lines).Usable));
        _channels.Set("alpha", status => status with { Lifecycle = ChannelLifecycle.Active });
        Assert.Equal(TimeSpan.Zero, Of(Read(31)).NoOwnerFor);
    }

    [Fact]
    public void An_isolated_channel_is_an_operators_doing_and_no_outage()
    {
        _channels.Set("alpha", status => status with { Submit = status.Submit with { Breaker = BreakerState.Isolated } });
        Assert.Equal((ChannelLifecycle.Disabled, false), (Of(Read(0)).Lifecycle, Of(Read(0)).IsSubmitBreakerOpen));
        _channels.Set("alpha", status => status with { Submit = status.Submit with { Breaker = BreakerState.Open } });
        Assert.True(Of(Read(0)).IsSubmitBreakerOpen);
    }

    [Fact]
    public void Overrides_that_end_by_themselves_are_not_forgotten()
    {
        var mark = new OverrideMark(At, "alice");
        var timed = mark with { End = new OverrideEnd(At.AddHours(1), null, null) };
        _channels.Set("alpha", status => status with
        {
            Overrides = [new(OverrideKeys.Weight, 0.5, mark), new(OverrideKeys.QueryConcurrency, 2, timed)],
            Switches = [new(OverrideKeys.Lifecycle, 2, mark), new(OverrideKeys.Isolated, 1, timed)],
        });
        Assert.Equal(["lifecycle disabled", "weight 0.5"], Of(Read(0)).Overrides.Select(one => one.What));
    }

    private static ChannelFigures Of(AlertFigures figures) => figures.Channels.Single(channel => channel.Channel == Alpha);

    private static (string, bool) IsLost(AlertFigures figures)
    {
        var node = Assert.Single(figures.Nodes);
        return (node.Address, node.IsLost);
    }

    private void Report(string node, UnknownFigures unknown, int ended) => _figures.Take(
        new ReportNodeFigures(
            node,
            [new EndedAttempts(Alpha, Product.Withhold, OutcomeClass.Unknown, CallVerdict.Fault, "timeout", ended)],
            [new ChannelUnknowns(Alpha, unknown)], null, null, []),
        TimeSpan.Zero);

    private AlertFigures Read(int seconds, params string[] members) => Read(At, seconds, members);

    private AlertFigures Read(DateTimeOffset at, int seconds, params string[] members) => _figures.Read(
        at, TimeSpan.FromSeconds(seconds),
        new LocalFigures(_channels.All(), members, CaseFigures.None, [], ImmutableDictionary<ChannelId, long>.Empty));
}
