using Akka.Configuration;
using CsCheck;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class ConfigurationPlanTests
{
    private const string Files = """
        router {
          merchants.shop { keys = [ { token = shop-key } ] }
          channels.alpha { base-url = "http://127.0.0.1:1/a", merchant-id = M, secret = s-one, products = [withhold] }
          channels.bravo { base-url = "http://127.0.0.1:1/b", merchant-id = M, secret = s-two, products = [withhold] }
        }
        """;

    private static readonly FileConfiguration Base = new(
        RouterSection.TreeOf(ConfigurationFactory.ParseString(Files)), ClusterSettings.Alone, ["http-json"]);

    [Fact]
    public void A_changed_number_is_named_with_both_values()
    {
        var plan = Plan("router.channels.alpha.submit.concurrency = 8");

        Assert.Equal(["channel alpha: submit.concurrency 16 -> 8"], Lines(plan));
        Assert.Equal(8, plan.Settings!.Channels.Single(channel => channel.Id.Value == "alpha").Submit.Concurrency);
    }

    [Fact]
    public void What_the_document_does_not_name_stays_and_a_later_document_lies_over_an_earlier_one()
    {
        var first = Plan("router.channels.alpha { weight = 2, submit.queue = 9 }");
        var second = Plan("router.channels.alpha.weight = 3", first.After);

        Assert.Equal(["channel alpha: weight 2 -> 3"], Lines(second));
        var alpha = second.Settings!.Channels.Single(channel => channel.Id.Value == "alpha");
        Assert.Equal((3.0, 9), (alpha.Weight, alpha.Submit.Queue));
    }

    [Fact]
    public void Secrets_are_said_to_change_and_are_not_shown()
    {
        var plan = Plan("""
            router.channels.alpha { secret = [ "s-new", "s-one" ], base-url = "http://user:word@127.0.0.1/a" }
            router.merchants.shop { keys = [ { token = key-new } ], notify-secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
            """);

        Assert.Equal(
            [
                "channel alpha: base-url changed", "channel alpha: secret changed", "merchant shop: keys[0].token changed",
                "merchant shop: notify-secret changed",
            ],
            Lines(plan));
    }

    [Fact]
    public void Channels_and_merchants_are_added()
    {
        var plan = Plan("""
            router.channels.charlie { base-url = "http://127.0.0.1:1/c", merchant-id = M, secret = s, products = [payout] }
            router.merchants.mart.keys = [ { token = mart-key } ]
            """);

        Assert.Equal(["channel charlie: added", "merchant mart: added"], Lines(plan));
        Assert.Contains(plan.Settings!.Merchants, merchant => merchant.Id.Value == "mart");
    }

    [Fact]
    public void A_removed_channel_is_retired_until_it_leaves()
    {
        var plan = Plan("router.channels.bravo = null");

        Assert.Equal(
            ["channel bravo: removed: gets nothing new, and leaves when none of its attempts is open any more"], Lines(plan));
        Assert.True(plan.Settings!.Channels.Single(channel => channel.Id.Value == "bravo").Retired);
        Assert.Equal(["bravo"], plan.After.Leaving);
        var left = Base.Read(plan.After.Leave("bravo")).Settings!;
        Assert.Equal(["alpha"], left.Channels.Select(channel => channel.Id.Value));
    }

    [Fact]
    public void A_channel_that_has_left_comes_back_as_the_files_and_the_document_say()
    {
        var left = Plan("router.channels.bravo { weight = 5, retired = on }").After.Leave("bravo");

        var plan = Plan("router.channels.bravo.submit.queue = 7", left);

        var bravo = plan.Settings!.Channels.Single(channel => channel.Id.Value == "bravo");
        Assert.Equal((1.0, 7, false), (bravo.Weight, bravo.Submit.Queue, bravo.Retired));
        Assert.Equal(["channel bravo: added"], Lines(plan));
    }

    [Fact]
    public void A_removed_merchant_is_gone_at_once()
    {
        var plan = Plan("router.merchants.shop = null");

        Assert.Equal(["merchant shop: removed"], Lines(plan));
        Assert.Empty(plan.Settings!.Merchants);
    }

    [Theory]
    [InlineData("router.channels.alpha.weight = -1", "router.channels.alpha.weight", 1)]
    [InlineData("router {\n  channels.alpha {\n    submit { queue = 0 }\n } }", "router.channels.alpha.submit.queue", 3)]
    [InlineData("router.channels.alpha.wait = 1", "router.channels.alpha.wait", 1)]
    [InlineData("# new\nrouter.channels.charlie { products = [withhold] }", "router.channels.charlie.base-url", 2)]
    [InlineData("router.merchants.mart.keys = [\n { token = shop-key } ]", "router.merchants.shop.keys[0].token", null)]
    [InlineData("\nrouter.channels.zulu = null", "router.channels.zulu", 2)]
    [InlineData("router.channel-defaults.weight = 2", "router.channel-defaults", 1)]
    [InlineData("router { books = 9 }", "router.books", 1)]
    [InlineData("akka.loglevel = DEBUG", "akka", 1)]
    [InlineData("router.channels = 5", "router.channels", 1)]
    [InlineData("router { channels {", "body", null)]
    [InlineData("router.channels.alpha.secret = ${HOME}", "body", null)]
    public void An_error_names_the_key_and_the_line_and_nothing_would_be_in_force(string text, string key, int? line)
    {
        var document = ConfigurationDocument.Parse(text);
        var plan = ConfigurationPlan.Of(Base, ConfigurationState.Unchanged, document);

        Assert.Null(plan.Settings);
        var errors = plan.Errors.Select(document.Show).ToList();
        Assert.Contains(errors, error => error.Key == key && error.Line == line && error.What.Contains("allowed is"));
    }

    [Fact]
    public void The_last_channel_and_one_that_a_policy_names_cannot_leave()
    {
        Assert.Equal("router.channels", Assert.Single(Plan("router.channels { alpha = null, bravo = null }").Errors).Key);

        var policies = new FileConfiguration(
            RouterSection.TreeOf(ConfigurationFactory.ParseString(
                $"{Files}\nrouter.policies.cheap {{ kind = priority, channels = [bravo] }}")),
            ClusterSettings.Alone, ["http-json"]);
        var plan = ConfigurationPlan.Of(
            policies, ConfigurationState.Unchanged, ConfigurationDocument.Parse("router.channels.bravo = null"));
        Assert.Equal("router.policies.cheap.channels", Assert.Single(plan.Errors).Key);
    }

    [Fact]
    public void A_channel_that_is_leaving_cannot_be_changed()
    {
        var leaving = Plan("router.channels.bravo = null").After;

        Assert.Equal("router.channels.bravo", Assert.Single(Plan("router.channels.bravo.weight = 2", leaving).Errors).Key);
        Assert.Empty(Lines(Plan("router.channels.bravo = null", leaving)));
    }

    [Fact]
    public void Any_documents_in_turn_are_what_their_differences_say()
    {
        var value = Gen.OneOf("1", "2", "3.5", "nothing-secret", "null");
        var line = Gen.Select(
            Gen.OneOf("channels.alpha", "channels.bravo", "channels.charlie", "merchants.shop", "merchants.mart"),
            Gen.OneOf("", ".weight", ".secret", ".submit.queue", ".limits.in-flight", ".keys"), value,
            (name, key, text) => key == "" && text != "null" ? $"router.{name}.weight = {text}"
                : $"router.{name}{key} = {(key == ".secret" ? "hidden-" : "")}{text}");
        line.Array[1, 6].Sample(lines =>
        {
            var state = ConfigurationState.Unchanged;
            foreach (var text in lines)
            {
                var plan = Plan(text, state);
                Assert.Equal(plan.Errors.IsEmpty, plan.Settings is not null);
                Assert.DoesNotContain(Lines(plan), change => change.Contains("hidden-", StringComparison.Ordinal));
                Assert.Equal(plan.After, ConfigurationState.FromStored(plan.After.ToStored()), SameState);
                if (plan.Settings is null)
                {
                    continue;
                }

                Assert.Empty(Plan(text, plan.After).Changes);
                state = plan.After;
            }
        }, iter: 30);
    }

    private static bool SameState(ConfigurationState one, ConfigurationState other) =>
        one.ToStored().AsSpan().SequenceEqual(other.ToStored())
        && ConfigurationDifference.Between(one.Over(Base.Tree), other.Over(Base.Tree)).IsEmpty;

    private static ConfigurationPlan Plan(string text, ConfigurationState? now = null) =>
        ConfigurationPlan.Of(Base, now ?? ConfigurationState.Unchanged, ConfigurationDocument.Parse(text));

    private static string[] Lines(ConfigurationPlan plan) => [.. plan.Changes.Select(change => change.ToString())];
}
