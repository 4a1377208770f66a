using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class JoinStampTests
{
    [Fact]
    public void Names_every_setting_that_differs()
    {
        var own = Stamp(("books", "4"), ("channels", "#1"), ("environment", "local"));
        var cluster = Stamp(("books", "8"), ("channels", "#1"), ("environment", "live"));

        Assert.Equal(
            ["books is 4, in the cluster it is 8", "environment is local, in the cluster it is live"],
            own.DifferencesFrom(cluster));
        Assert.Empty(own.DifferencesFrom(own));
    }

    [Fact]
    public void A_setting_of_another_version_does_not_keep_a_node_away()
    {
        Assert.Empty(Stamp(("books", "4"), ("new", "1")).DifferencesFrom(Stamp(("books", "4"), ("old", "1"))));
        Assert.Empty(Stamp(("books", "4")).DifferencesFrom(new JoinStamp("")));
    }

    private static JoinStamp Stamp(params (string Key, string Value)[] settings) =>
        JoinStamp.Of(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
}
