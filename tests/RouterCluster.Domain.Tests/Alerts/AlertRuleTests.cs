using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>Each rule at its threshold: what is just well, and what is just bad.</summary>
public sealed class AlertRuleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly MerchantId Shop = new("shop");
    private readonly AlertScene _scene = new(1, AlertScene.Alpha, AlertScene.Bravo);

    [Fact]
    public void Every_rule_has_a_name_of_its_own()
    {
        Assert.All(Enum.GetValues<AlertRule>(), rule => Assert.Equal(rule, AlertRules.Parse(rule.Name())));
        Assert.Null(AlertRules.Parse("none"));
    }

    [Theory]
    [InlineData(OutageLevel.Suspected, false)]
    [InlineData(OutageLevel.Down, true)]
    public void An_outage(OutageLevel level, bool raises)
    {
        var outage = new OutageStanding(level, _scene.Figures.At);
        _scene.Change(channel => channel with { Outages = channel.Outages.SetItem(Product.Payout, outage) });
        Expect(AlertRule.ChannelOutage, raises);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(21, true)]
    public void A_channel_without_an_owner(int seconds, bool raises)
    {
        _scene.Change(channel => channel with { Lifecycle = ChannelLifecycle.NoOwner, NoOwnerFor = seconds * Second });
        Expect(AlertRule.ChannelOutage, raises);
    }

    [Theory]
    [InlineData(3, 300, false)]
    [InlineData(4, 29, false)]
    [InlineData(4, 30, true)]
    public void A_channel_that_answers_no_call(int calls, int seconds, bool raises)
    {
        _scene.Change(channel => channel with { Silence = new SilenceFigures(calls, seconds * Second) });
        Expect(AlertRule.ChannelOutage, raises);
    }

    [Fact]
    public void An_announced_maintenance_is_no_outage()
    {
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = true, IsInMaintenance = true });
        Expect(AlertRule.ChannelOutage, false);
    }

    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(5, 95, false)]
    [InlineData(6, 94, true)]
    public void Timeouts(int timeouts, int successes, bool raises)
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, "timeout", timeouts);
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Success, "00", successes);
        Expect(AlertRule.Network, raises);
    }

    [Theory]
    [InlineData("http_503", true)]
    [InlineData("bad_signature", false)]
    public void An_answer_that_is_wrong_is_no_fault_of_the_network(string code, bool raises)
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, code, 20);
        Expect(AlertRule.Network, raises);
    }

    [Fact]
    public void A_channel_that_an_operator_has_disabled_raises_neither_outage_nor_success_rate()
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, "bad_signature", 50);
        _scene.Change(channel => channel with { Lifecycle = ChannelLifecycle.Disabled, IsSubmitBreakerOpen = true });
        Expect(AlertRule.ChannelOutage, false);
        Expect(AlertRule.SuccessRate, false);
        _scene.Change(channel => channel with { Lifecycle = ChannelLifecycle.Active });
        Expect(AlertRule.SuccessRate, true);
    }

    [Fact]
    public void A_channel_that_moves_to_another_node_can_be_used()
    {
        var moving = AlertScene.Healthy(AlertScene.Alpha) with { Lifecycle = ChannelLifecycle.NoOwner, NoOwnerFor = 20 * Second };
        Assert.True(moving.IsUsable);
        Assert.False((moving with { NoOwnerFor = 21 * Second }).IsUsable);
    }

    [Fact]
    public void Refusals_for_maintenance_do_not_lower_the_success_rate()
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.ChannelMaintenance, "39", 50);
        Expect(AlertRule.SuccessRate, false);
    }

    [Theory]
    [InlineData(599, false)]
    [InlineData(601, true)]
    public void Unknown_results(int seconds, bool raises)
    {
        _scene.Change(channel => channel with { Unknown = new UnknownFigures(1, 100, seconds * Second) });
        Expect(AlertRule.OrderOverdue, raises);
    }

    [Theory]
    [InlineData(15, 3, false)]
    [InlineData(16, 0, false)]
    [InlineData(16, 3, true)]
    public void A_full_budget(int inFlight, int waiting, bool raises)
    {
        _scene.Change(channel => channel with { InFlight = inFlight, Waiting = waiting });
        _scene.Look(Second);
        _scene.Look(28 * Second);
        Assert.Empty(_scene.Alerts);
        Expect(AlertRule.BudgetFull, raises);
    }

    [Theory]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_001, true)]
    public void An_amount(long today, bool raises)
    {
        _scene.Change(channel => channel with { AmountToday = today });
        Expect(AlertRule.Amount, raises);
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 500, false)]
    public void A_code_that_is_new(int times, int successes, bool raises)
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.ChannelLimit, "61", times);
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Success, "00", successes);
        Expect(AlertRule.CodeFrequent, raises);
    }

    [Fact]
    public void A_code_that_comes_as_often_as_usual_is_none()
    {
        for (var minute = 0; minute < 120; minute++)
        {
            _scene.Ends(AlertScene.Alpha, OutcomeClass.ChannelLimit, "61", 6);
            _scene.Ends(AlertScene.Alpha, OutcomeClass.Success, "00", 600);
            _scene.Look(60 * Second);
        }

        Assert.Empty(_scene.Alerts);
        _scene.Ends(AlertScene.Alpha, OutcomeClass.ChannelLimit, "61", 200);
        Expect(AlertRule.CodeFrequent, true);
    }

    [Theory]
    [InlineData(OutcomeClass.OurRequest, true)]
    [InlineData(OutcomeClass.ChannelConfig, true)]
    [InlineData(OutcomeClass.CustomerFunds, false)]
    public void An_unusual_failure(OutcomeClass @class, bool raises)
    {
        _scene.Ends(AlertScene.Alpha, @class, "A1");
        Expect(AlertRule.UnusualFailure, raises);
    }

    [Theory]
    [InlineData(1, 0, 0, AlertRule.ImpossibleState)]
    [InlineData(0, 1, 0, AlertRule.UnusualFailure)]
    [InlineData(0, 0, 1_801, AlertRule.WaitingForPeople)]
    [InlineData(0, 0, 1_799, null)]
    public void Cases(int contradictory, int late, int seconds, AlertRule? raises)
    {
        _scene.Figures = _scene.Figures with { Cases = new CaseFigures(1, contradictory, late, seconds * Second) };
        _scene.Look(Second);
        Assert.Equal(raises is { } rule ? [rule] : [], _scene.Alerts.Select(alert => alert.Rule));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Webhooks(int tries, bool raises)
    {
        _scene.Figures = _scene.Figures with { Webhooks = [new WebhookFigures(Shop, 7, tries)] };
        Expect(AlertRule.WebhookFailing, raises);
    }

    [Theory]
    [InlineData(2, 2, null)]
    [InlineData(2, 1, AlertRule.NoSecondChannel)]
    [InlineData(1, 1, null)]
    [InlineData(2, 0, AlertRule.AllDegraded)]
    [InlineData(1, 0, AlertRule.AllDegraded)]
    public void Channels_of_a_product(int all, int usable, AlertRule? raises)
    {
        ChannelId[] channels = [AlertScene.Alpha, AlertScene.Bravo];
        _scene.Figures = _scene.Figures with
        {
            Lines = [new LineFigures(Shop, Product.Payout, [.. channels.Take(all)], [.. channels.Take(usable)])],
        };
        _scene.Look(Second);
        _scene.Look(20 * Second);
        Assert.Equal(raises is { } rule ? [rule] : [], _scene.Alerts.Select(alert => alert.Rule));
    }

    [Theory]
    [InlineData(false, 100, null, null)]
    [InlineData(true, 100, null, AlertRule.NodeLost)]
    [InlineData(false, 501, null, AlertRule.StorageSlow)]
    [InlineData(false, 100, "it is away", AlertRule.StorageSlow)]
    public void Nodes(bool isLost, int commitMs, string? problem, AlertRule? raises)
    {
        _scene.Figures = _scene.Figures with
        {
            Nodes = [new NodeFigures("akka://router", isLost, TimeSpan.FromMilliseconds(commitMs), problem)],
        };
        _scene.Look(Second);
        _scene.Look(6 * Second);
        Assert.Equal(raises is { } rule ? [rule] : [], _scene.Alerts.Select(alert => alert.Rule));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public void A_target_that_takes_no_alerts(int seconds, bool raises)
    {
        _scene.Figures = _scene.Figures with { Targets = [new TargetFigures("alertmanager", seconds * Second, "refused")] };
        Expect(AlertRule.AlertingBroken, raises);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(0, true)]
    public void An_override_that_is_older_than_a_week(int younger, bool raises)
    {
        var since = _scene.At - TimeSpan.FromDays(7) + (younger * Second);
        _scene.Change(channel => channel with
        {
            Overrides = [new OverrideFigures("isolated on", "bob", _scene.At), new OverrideFigures("weight 2", "alice", since)],
        });
        Expect(AlertRule.OverrideForgotten, raises);
        Assert.Equal(
            raises ? ["weight 2 by alice: in force for up to 7 days"] : [], _scene.Alerts.Select(alert => alert.Message));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(29, true)]
    [InlineData(-1, true)]
    public void A_certificate_that_ends_within_30_days(int days, bool raises)
    {
        var first = _scene.At.AddDays(days);
        _scene.Figures = _scene.Figures with
        {
            Nodes =
            [
                new NodeFigures("akka://router", false, null, null)
                {
                    Certificates = [new CertificateFigures("own", first), new CertificateFigures("authority", first.AddYears(9))],
                },
            ],
        };
        Expect(AlertRule.CertificateExpiry, raises);
        Assert.Equal(
            raises ? [$"own is valid until {first.UtcDateTime:u}"] : [], _scene.Alerts.Select(alert => alert.Message));
    }

    [Fact]
    public void A_key_and_a_notice_from_addresses_that_are_not_their_owners()
    {
        _scene.Figures = _scene.Figures with
        {
            Foreign =
            [
                new ForeignRequests(new MerchantId("shop"), null, 3, "192.0.2.7"),
                new ForeignRequests(null, AlertScene.Alpha, 1, "192.0.2.8"),
            ],
        };
        Expect(AlertRule.ForeignAddress, raises: true);
        Assert.Equal(
            [
                "notices in its name from addresses that are not its own: 1 in five minutes, the last one from 192.0.2.8",
                "requests with its key from addresses that are not its own: 3 in five minutes, the last one from 192.0.2.7",
            ],
            _scene.Alerts.Select(alert => alert.Message).Order(StringComparer.Ordinal));
    }

    private void Expect(AlertRule rule, bool raises)
    {
        _scene.Look(Second);
        _scene.Look(3 * Second);
        Assert.Equal(raises, _scene.Alerts.Any(alert => alert.Rule == rule));
    }
}
