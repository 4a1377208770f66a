using Akka.Configuration;
using CsCheck;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class ConfigurationRollbackTests
{
    private const string Files = """
        router {
          merchants.shop { keys = [ { token = shop-key } ] }
          channels.alpha { base-url = "http://127.0.0.1:1/a", merchant-id = M, secret = s-file, products = [withhold] }
          channels.bravo { base-url = "http://127.0.0.1:1/b", merchant-id = M, secret = s-file, products = [withhold] }
        }
        """;

    private static readonly FileConfiguration Base = new(
        RouterSection.TreeOf(ConfigurationFactory.ParseString(Files)), ClusterSettings.Alone, ["http-json"]);

    [Fact]
    public void Settings_are_as_they_were_and_a_replaced_secret_is_not()
    {
        var first = After("router.channels.alpha { weight = 2, secret = s-old }");
        var now = After("router.channels.alpha { weight = 3, secret = s-new, submit.queue = 9 }", first);

        var back = Back(now, first);

        Assert.Equal(["channel alpha: submit.queue 9 -> 256", "channel alpha: weight 3 -> 2"], Lines(back));
        Assert.Equal(["channel alpha: secret is not taken back (it was replaced since)"], back.Kept.AsEnumerable());
        Assert.Equal("s-new", Secret(back, "alpha"));
    }

    [Fact]
    public void The_files_alone_come_back_with_the_secrets_of_now()
    {
        var now = After("router.channels.alpha { weight = 3, secret = [ s-new, s-file ] }");

        var back = Back(now, ConfigurationState.Unchanged);

        Assert.Equal(["channel alpha: weight 3 -> 1"], Lines(back));
        Assert.Equal("s-new", Secret(back, "alpha"));
        var more = Back(After("router.channels.alpha.weight = 3"), ConfigurationState.Unchanged);
        Assert.Empty(more.Kept);
        Assert.Null(more.Plan.After.Find("channels", "alpha"));
    }

    [Fact]
    public void A_withdrawn_key_of_a_merchant_stays_withdrawn()
    {
        var first = After("""
            router.merchants.shop { keys = [ { token = shop-key }, { token = leaked } ], limits.in-flight = 7 }
            """);
        var now = After("router.merchants.shop { keys = [ { token = shop-key } ], limits.in-flight = 8 }", first);

        var back = Back(now, first);

        Assert.Equal(["merchant shop: limits.in-flight 8 -> 7"], Lines(back));
        Assert.Equal(["merchant shop: keys is not taken back (it was replaced since)"], back.Kept.AsEnumerable());
        Assert.Equal(TokenHash.Of("shop-key"), back.Plan.Settings!.Merchants.Single().Keys.Single().Token);
    }

    [Fact]
    public void Who_was_removed_comes_back_with_the_secrets_that_it_had_last()
    {
        var first = After("router.channels.bravo { weight = 2, secret = s-old }");
        var last = After("router.channels.bravo { weight = 3, secret = s-last }", first);
        var now = After("router.channels.bravo = null", last).Leave("bravo");

        Assert.Equal([("channels", "bravo")], ConfigurationRollback.Returning(Base, now, first).AsEnumerable());
        var back = Back(now, first, last);

        Assert.Equal(["channel bravo: added"], Lines(back));
        Assert.Equal(["channel bravo: secret is not taken back (it was replaced since)"], back.Kept.AsEnumerable());
        Assert.Equal("s-last", Secret(back, "bravo"));
        Assert.Equal(2.0, back.Plan.Settings!.Channels.Single(channel => channel.Id.Value == "bravo").Weight);
    }

    [Fact]
    public void A_channel_that_is_still_leaving_stays_and_one_that_left_before_does_not_return()
    {
        var first = After("router.channels.bravo.weight = 2");
        var leaving = After("router.channels.bravo = null", first);

        var back = Back(leaving, first);
        Assert.Equal(["channel bravo: retired on -> off"], Lines(back));
        Assert.Empty(back.Plan.After.Leaving);

        Assert.Empty(Lines(Back(leaving.Leave("bravo"), leaving)));
        var again = After("router.channels.bravo.weight = 4", leaving.Leave("bravo"));
        var gone = Back(again, leaving);
        Assert.Equal(
            ["channel bravo: removed: gets nothing new, and leaves when none of its attempts is open any more"], Lines(gone));
        Assert.Equal(["bravo"], gone.Plan.After.Leaving);
    }

    [Fact]
    public void Who_was_added_is_removed_and_the_checks_are_those_of_a_change()
    {
        const string Charlie = """
            router.channels.charlie { base-url = "http://127.0.0.1:1/c", merchant-id = M, secret = s, products = [payout] }
            router.merchants.mart.keys = [ { token = mart-key } ]
            """;
        var now = After(Charlie);

        Assert.Equal(
            [
                "merchant mart: removed",
                "channel charlie: removed: gets nothing new, and leaves when none of its attempts is open any more",
            ],
            Lines(Back(now, ConfigurationState.Unchanged)));

        var without = After("router.channels { alpha = null, bravo = null }", now).WithoutLeaving();
        var alone = new FileConfiguration(
            RouterSection.TreeOf(ConfigurationFactory.ParseString(
                $"{Files}\nrouter.policies.only {{ kind = priority, channels = [charlie] }}")),
            ClusterSettings.Alone, ["http-json"]);
        var back = ConfigurationRollback.Of(alone, without, ConfigurationState.Unchanged, Nobody("alpha", "bravo"));
        Assert.Equal("router.policies.only.channels", Assert.Single(back.Plan.Errors).Key);
    }

    [Theory]
    [InlineData("merchant-id = M2, secret = s-new", "merchant-id = M", true)]
    [InlineData("base-url = \"http://127.0.0.1:1/new\", secret = s-new", "", true)]
    [InlineData("merchant-id = M2", "", false)]
    [InlineData("weight = 2, secret = s-new", "", false)]
    public void A_secret_is_not_used_for_an_account_that_it_is_not_of(string change, string first, bool isRefused)
    {
        var earlier = After($"router.channels.alpha {{ weight = 5, {first} }}");
        var now = After($"router.channels.alpha {{ {change} }}", earlier);

        var back = Back(now, earlier);

        Assert.Equal(isRefused, back.Plan.Settings is null);
        Assert.Equal(isRefused ? ["router.channels.alpha.secret"] : [], back.Plan.Errors.Select(error => error.Key));
        Assert.DoesNotContain("s-new", string.Join(' ', back.Plan.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Back_to_now_changes_nothing_and_back_and_forth_is_what_it_was_but_for_secrets()
    {
        var value = Gen.OneOf("1", "2", "3.5", "null");
        var line = Gen.Select(
            Gen.OneOf("channels.alpha", "channels.bravo", "merchants.shop"),
            Gen.OneOf("", ".weight", ".secret", ".submit.queue", ".limits.in-flight"), value,
            (name, key, text) => $"router.{name}{key} = {(key == ".secret" ? "hidden-" : "")}{text}");
        line.Array[2, 6].Sample(lines =>
        {
            var states = new List<ConfigurationState> { ConfigurationState.Unchanged };
            foreach (var text in lines)
            {
                var plan = ConfigurationPlan.Of(Base, states[^1], ConfigurationDocument.Parse(text));
                if (plan.Settings is not null)
                {
                    states.Add(plan.After);
                }
            }

            var now = states[^1];
            Assert.Empty(Lines(Back(now, now)));
            foreach (var earlier in states)
            {
                var back = Back(now, earlier, [.. states]);
                Assert.DoesNotContain(back.Kept.Concat(Lines(back)), said => said.Contains("hidden-", StringComparison.Ordinal));
                Assert.Empty(Lines(Back(back.Plan.After, earlier, [.. states, back.Plan.After])));
                Assert.All(
                    Names(now).Intersect(Names(earlier)), channel => Assert.Equal(SecretOf(now, channel), Secret(back, channel)));
            }
        }, iter: 50);
    }

    private static ConfigurationState After(string text, ConfigurationState? now = null)
    {
        var plan = ConfigurationPlan.Of(Base, now ?? ConfigurationState.Unchanged, ConfigurationDocument.Parse(text));
        Assert.Empty(plan.Errors);
        return plan.After;
    }

    /// <param name="between">The states between both, the oldest first.</param>
    private static ConfigurationRollback Back(
        ConfigurationState now, ConfigurationState earlier, params ConfigurationState[] between)
    {
        var last = ConfigurationRollback.Returning(Base, now, earlier).ToDictionary(
            one => one,
            one => between.Prepend(earlier).Last(state => state.Has(Base.Tree, one.Part, one.Name)).Find(one.Part, one.Name));
        return ConfigurationRollback.Of(Base, now, earlier, last);
    }

    private static Dictionary<(string Part, string Name), SettingNode?> Nobody(params string[] channels) =>
        channels.ToDictionary(channel => ("channels", channel), _ => (SettingNode?)null);

    private static IEnumerable<string> Names(ConfigurationState state) =>
        Base.Read(state.WithoutLeaving()).Settings!.Channels.Select(channel => channel.Id.Value);

    private static string? Secret(ConfigurationRollback back, string channel) => SecretOf(back.Plan.After, channel);

    private static string? SecretOf(ConfigurationState state, string channel) =>
        Base.Read(state).Settings!.Channels.Single(one => one.Id.Value == channel).Secrets[0].Value;

    private static string[] Lines(ConfigurationRollback back) => [.. back.Plan.Changes.Select(change => change.ToString())];
}
