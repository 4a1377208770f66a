using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Checks;

public sealed class CheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly OutageStanding Down = new(OutageLevel.Down, Now);
    private static readonly LeaseFigures Young = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    private static readonly MemberFigures Well = new("a", "up", IsDraining: false, NotReady: null, Young);

    private static readonly CheckFigures Figures = new(
        Now, new StorageFigures(TimeSpan.FromMilliseconds(3), null), new CounterFigures(null, 0, 0))
    {
        AreLeasesNeeded = true,
        Members = [Well, Well with { Address = "b" }],
        Channels = [Active("alpha"), Active("bravo")],
        Lines = [Line(2, "alpha", "bravo")],
        Certificates = [new CertificateFigures("node", Now.AddDays(30))],
        CertificatesLast = TimeSpan.FromDays(14),
    };

    public static TheoryData<CheckName> Names => [.. CheckNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_healthy_cluster_passes_every_check(CheckName name)
    {
        var check = Check.Of(name, Figures);

        Assert.True(check.IsWell, check.Says);
        Assert.Equal(name, check.Name);
        Assert.DoesNotContain('\n', check.Says);
    }

    [Fact]
    public void A_database_that_does_not_answer_or_takes_no_commits_fails_storage()
    {
        Fails(CheckName.Storage, Figures with { Storage = new(null, null) }, "the database does not answer");
        Fails(CheckName.Storage, Figures with { Storage = new(TimeSpan.Zero, "book 1 takes none") }, "book 1 takes none");
    }

    [Fact]
    public void A_clock_that_is_off_fails_with_its_reason() =>
        Fails(CheckName.Clock, Figures with { ClockProblem = "leapt" }, "leapt");

    [Theory]
    [InlineData("unreachable", false, null, "b is unreachable")]
    [InlineData("joining", false, null, "b is joining")]
    [InlineData("up", true, null, "b is draining")]
    [InlineData("up", false, "book 1 does not answer", "b is not ready: book 1 does not answer")]
    public void A_node_that_is_not_up_or_not_ready_is_named(
        string status, bool isDraining, string? notReady, string says) => Fails(
        CheckName.Members, Figures with { Members = [Well, new("b", status, isDraining, notReady, Young)] }, says);

    [Fact]
    public void A_lease_that_is_missing_or_was_not_renewed_twice_is_named()
    {
        Fails(CheckName.Leases, WithLease(null), "a has no lease that is known to live");
        Fails(
            CheckName.Leases, WithLease(Young with { Age = TimeSpan.FromSeconds(2.6) }),
            "a has not renewed its lease for 2.6 s of 5 s");
        Assert.True(Check.Of(CheckName.Leases, WithLease(Young with { Age = TimeSpan.FromSeconds(2.5) })).IsWell);
        Assert.True(Check.Of(CheckName.Leases, WithLease(null) with { AreLeasesNeeded = false }).IsWell);
    }

    [Fact]
    public void A_channel_without_an_owner_that_sends_is_named_also_while_it_is_disabled() => Fails(
        CheckName.Owners,
        WithChannel(new(new ChannelId("alpha"), ChannelLifecycle.Disabled, TimeSpan.FromSeconds(12))),
        "alpha has had no owner that sends for 12 s");

    [Fact]
    public void Trouble_of_a_channel_in_service_is_named()
    {
        Fails(
            CheckName.Channels, WithChannel(Active("alpha") with { Outage = Down }), "alpha is down since 2026-01-02T03:04:05Z");
        Fails(
            CheckName.Channels, WithChannel(Active("alpha") with { IsSubmitBreakerOpen = true }),
            "alpha sends nothing: its submit breaker is open");
        Fails(
            CheckName.Channels, WithChannel(Active("alpha") with { IsQueryBreakerOpen = true }),
            "alpha is not asked: its query breaker is open");
        Fails(
            CheckName.Channels,
            WithChannel(new(new ChannelId("alpha"), ChannelLifecycle.NoOwner, TimeSpan.Zero)),
            "alpha has no owner that sends");
    }

    [Theory]
    [InlineData(ChannelLifecycle.Disabled, false)]
    [InlineData(ChannelLifecycle.Draining, false)]
    [InlineData(ChannelLifecycle.Retired, false)]
    [InlineData(ChannelLifecycle.Active, true)]
    public void Trouble_of_a_channel_that_was_taken_out_is_no_fault(ChannelLifecycle lifecycle, bool isIsolated)
    {
        var channel = new CheckedChannel(new ChannelId("alpha"), lifecycle, null)
        {
            IsIsolated = isIsolated, Outage = Down, IsSubmitBreakerOpen = true,
        };

        var check = Check.Of(CheckName.Channels, WithChannel(channel));

        Assert.Equal((true, "0 channels without trouble, 1 taken out of service"), (check.IsWell, check.Says));
        Assert.False(channel.IsUsable);
    }

    [Fact]
    public void A_line_with_fewer_than_two_usable_channels_is_named()
    {
        Fails(CheckName.Coverage, Figures with { Lines = [Line(3, "alpha")] },
            "shop has only alpha of 3 channels for withhold in CNY");
        Fails(CheckName.Coverage, Figures with { Lines = [Line(1)] }, "shop has none of 1 channel for withhold in CNY");
    }

    [Fact]
    public void Of_many_faults_three_are_named_and_the_rest_is_counted() => Fails(
        CheckName.Coverage, Figures with { Lines = [.. Enumerable.Repeat(Line(1), 5)] },
        "shop has none of 1 channel for withhold in CNY; shop has none of 1 channel for withhold in CNY; "
            + "shop has none of 1 channel for withhold in CNY; and 2 more");

    [Fact]
    public void A_channel_takes_new_payments_only_while_nothing_keeps_them_away()
    {
        var active = Active("alpha");

        Assert.True(active.IsUsable);
        Assert.True((active with { IsQueryBreakerOpen = true }).IsUsable);
        Assert.True((active with { Outage = new(OutageLevel.Suspected, Now) }).IsUsable);
        Assert.False((active with { Outage = Down }).IsUsable);
        Assert.False((active with { IsClosed = true }).IsUsable);
        Assert.False((active with { IsSubmitBreakerOpen = true }).IsUsable);
        Assert.False((active with { NoOwnerFor = TimeSpan.Zero }).IsUsable);
    }

    [Fact]
    public void A_certificate_that_ends_soon_is_named()
    {
        Fails(
            CheckName.Certificates,
            Figures with { Certificates = [new("node", Now.AddDays(13)), new("authority", Now.AddDays(15))] },
            "node is valid until 2026-01-15T03:04:05Z");
        Assert.True(Check.Of(CheckName.Certificates, Figures with { Certificates = [] }).IsWell);
    }

    [Fact]
    public void Counters_that_nobody_takes_fail_with_what_waits() => Fails(
        CheckName.Counters, Figures with { Counters = new("no connection", 7, 2) },
        "Redis takes none (no connection): 7 wait, 2 are lost");

    private static void Fails(CheckName name, CheckFigures figures, string says)
    {
        var check = Check.Of(name, figures);
        Assert.Equal((false, says), (check.IsWell, check.Says));
    }

    private static CheckFigures WithLease(LeaseFigures? lease) => Figures with { Members = [Well with { Lease = lease }] };

    private static CheckFigures WithChannel(CheckedChannel channel) => Figures with { Channels = [channel] };

    private static CheckedChannel Active(string id) => new(new ChannelId(id), ChannelLifecycle.Active, null);

    private static CheckedLine Line(int all, params string[] usable) => new(
        new MerchantId("shop"), Product.Withhold, new Currency("CNY"), all,
        [.. usable.Select(id => new ChannelId(id))]);
}
