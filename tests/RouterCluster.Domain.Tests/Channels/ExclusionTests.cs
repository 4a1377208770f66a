using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>Parts of a channel that operators switch off.</summary>
public sealed class ExclusionTests
{
    private static readonly ExclusionScope Nothing = new(null, null, null, null, null);
    private static readonly ExclusionScope Icbc = Nothing with { Bank = "ICBC" };
    private static readonly ExclusionScope Payouts = Nothing with { Product = Product.Payout };
    private static readonly ChannelChange ByAlice = new("alice", "it hangs");
    private readonly ChannelScene _scene = ChannelScene.Reporting();

    public static TheoryData<ExclusionScope, bool> Scopes => new()
    {
        { Icbc, true },
        { Nothing with { Bank = "CCB" }, false },
        { Nothing with { Product = Product.Withhold }, true },
        { Payouts, false },
        { Nothing with { Merchant = new MerchantId("shop") }, true },
        { Nothing with { Merchant = new MerchantId("rival") }, false },
        { Nothing with { From = 500 }, true },
        { Nothing with { From = 501 }, false },
        { Nothing with { To = 500 }, true },
        { Nothing with { To = 499 }, false },
        { new("ICBC", Product.Withhold, new MerchantId("shop"), 500, 500), true },
        { new("ICBC", Product.Payout, new MerchantId("shop"), 500, 500), false },
        { new("ICBC", Product.Withhold, new MerchantId("rival"), 500, 500), false },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void A_payment_is_excluded_if_it_has_all_of_what_is_given(ExclusionScope scope, bool covers) =>
        Assert.Equal(covers, scope.Covers(new MerchantId("shop"), Product.Withhold, "ICBC", 500));

    [Fact]
    public void A_payment_without_a_bank_is_of_no_bank()
    {
        Assert.False(Icbc.Covers(new MerchantId("shop"), Product.Withhold, null, 500));
        Assert.True((Nothing with { From = 1 }).Covers(new MerchantId("shop"), Product.Withhold, null, 500));
    }

    [Fact]
    public void Lane_and_routers_hear_of_an_exclusion_until_it_is_taken_back()
    {
        var effects = _scene.ChangeAndStore(ByAlice with { Exclude = Icbc });
        Assert.Equal([Icbc], Configured(effects).Submit.Exclusions.AsEnumerable());
        Assert.Empty(Configured(effects).Query.Exclusions);
        Assert.Equal([new NumberedScope(1, Icbc)], _scene.ToRouters().Exclusions.AsEnumerable());

        effects = _scene.ChangeAndStore(new ChannelChange("bob", "") { Include = 1 });
        Assert.Empty(Configured(effects).Submit.Exclusions);
        Assert.Empty(_scene.ToRouters().Exclusions);
        Assert.Equal(
            [("alice", "excluded 1 (bank ICBC)", "it hangs"), ("bob", "included 1 again", "")],
            _scene.Channel.Snapshot.Changes.Select(change => (change.By, change.What, change.Reason)));
    }

    [Fact]
    public void Numbers_are_never_used_again_and_the_same_part_keeps_its_own()
    {
        _scene.ChangeAndStore(ByAlice with { Exclude = Icbc });
        _scene.ChangeAndStore(ByAlice with { Exclude = Payouts });
        _scene.ChangeAndStore(ByAlice with { Include = 2 });
        _scene.Now += TimeSpan.FromHours(1);
        _scene.ChangeAndStore(new ChannelChange("bob", "again") { Exclude = Icbc, For = TimeSpan.FromHours(1) });
        _scene.ChangeAndStore(ByAlice with { Exclude = Payouts });

        Assert.Equal(
            [(1, Icbc, "bob", "again", _scene.Now.AddHours(1)), (3, Payouts, "alice", "it hangs", (DateTimeOffset?)null)],
            _scene.Channel.Snapshot.Exclusions.All.Select(one => (one.No, one.Scope, one.By, one.Reason, one.EndsAt)));
    }

    [Fact]
    public void An_exclusion_that_never_was_cannot_be_taken_back_and_one_that_is_over_already_is()
    {
        _scene.ChangeAndStore(ByAlice with { Exclude = Icbc });
        _scene.Channel.Change(ByAlice with { Include = 2 }, "asker", _scene.Now);
        Assert.Equal(
            [new ChannelEffect.RefuseOperator("asker", ChangeRefusal.NoSuchExclusion)], _scene.Take());

        _scene.ChangeAndStore(ByAlice with { Include = 1 });
        _scene.Reports(ChannelLane.Submit, 3);
        _scene.Reports(ChannelLane.Query, 3);
        _scene.Take();
        _scene.Channel.Change(ByAlice with { Include = 1 }, "asker", _scene.Now);
        Assert.Equal("asker", Assert.IsType<ChannelEffect.AnswerOperator>(Assert.Single(_scene.Take())).Asker);
        Assert.Equal(2, _scene.Channel.Snapshot.Changes.Count);
    }

    [Fact]
    public void A_channel_has_a_bounded_number_of_exclusions()
    {
        for (var from = 1; from <= ChannelExclusions.Most; from++)
        {
            _scene.ChangeAndStore(ByAlice with { Exclude = Nothing with { From = from } });
        }

        _scene.Channel.Change(ByAlice with { Exclude = Icbc }, "asker", _scene.Now);
        Assert.Equal([new ChannelEffect.RefuseOperator("asker", ChangeRefusal.TooManyExclusions)], _scene.Take());
        _scene.ChangeAndStore(ByAlice with { Exclude = Nothing with { From = 7 }, For = TimeSpan.FromHours(1) });
        Assert.Equal(ChannelExclusions.Most, _scene.Channel.Snapshot.Exclusions.All.Length);
    }

    [Fact]
    public void All_whose_time_is_over_end_together()
    {
        var hour = TimeSpan.FromHours(1);
        _scene.ChangeAndStore(ByAlice with { Exclude = Icbc, For = hour });
        _scene.ChangeAndStore(ByAlice with { Exclude = Payouts, For = hour });
        _scene.ChangeAndStore(ByAlice with { Weight = 2, For = hour });
        _scene.ChangeAndStore(ByAlice with { Exclude = Nothing with { From = 5 } });
        Assert.Equal(_scene.Now + hour, _scene.Channel.NextEnd);

        _scene.Now += hour;
        _scene.Channel.EndOverdue(_scene.Now);
        while (_scene.Take().OfType<ChannelEffect.StoreFirst>().SingleOrDefault() is { } ended)
        {
            _scene.Channel.Stored(ended);
        }

        Assert.Equal(3, Assert.Single(_scene.Channel.Snapshot.Exclusions.All).No);
        Assert.Null(_scene.Channel.NextEnd);
        Assert.Equal(
            ["weight as configured", "included 1 again", "included 2 again"],
            _scene.Channel.Snapshot.Changes.Where(change => change.By == ChannelChange.Router).Select(change => change.What));
    }

    [Fact]
    public void A_new_owner_goes_on_from_events_or_from_a_snapshot()
    {
        _scene.ChangeAndStore(ByAlice with { Exclude = Icbc });
        var byEvents = new Channel(ChannelScene.Usual, 2);
        byEvents.Recover(new ChannelAdjusted(_scene.Now, ByAlice with { Exclude = Icbc, ExcludeNo = 1 }));
        var bySnapshot = new Channel(ChannelScene.Usual, 3);
        bySnapshot.Recover(_scene.Channel.Snapshot);

        foreach (var channel in new[] { byEvents, bySnapshot })
        {
            channel.Open();
            var configured = channel.TakeEffects().ToArray().OfType<ChannelEffect.Configure>().Single();
            Assert.Equal([Icbc], configured.Submit.Exclusions.AsEnumerable());
        }
    }

    [Fact]
    public void An_exclusion_says_in_words_what_it_covers() => Assert.Equal(
        "bank ICBC, product payout, merchant shop, amount from 1, amount up to 5000",
        new ExclusionScope("ICBC", Product.Payout, new MerchantId("shop"), 1, 5000).ToString());

    private static ChannelEffect.Configure Configured(IEnumerable<ChannelEffect> effects) =>
        effects.OfType<ChannelEffect.Configure>().Single();
}
