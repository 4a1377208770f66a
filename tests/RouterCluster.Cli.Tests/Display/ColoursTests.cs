using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Tests.Display;

public sealed class ColoursTests
{
    [Fact]
    public void What_takes_no_traffic_never_looks_like_what_does()
    {
        string[] quiet = ["open", "half_open", "isolated", "added_later"];
        string[] away = ["disabled", "draining", "no_owner", "added_later"];

        Assert.Equal(new Style(Color.Green), Colours.OfBreaker("closed"));
        Assert.All(quiet, breaker => Assert.NotEqual(Colours.OfBreaker("closed"), Colours.OfBreaker(breaker)));
        Assert.Equal(new Style(Color.Green), Colours.OfLifecycle("active"));
        Assert.All(away, lifecycle => Assert.NotEqual(Colours.OfLifecycle("active"), Colours.OfLifecycle(lifecycle)));
    }

    [Fact]
    public void Only_success_is_green_and_only_lost_payments_are_red()
    {
        Assert.Equal(new Style(Color.Green), Colours.OfState("succeeded"));
        Assert.Equal(new Style(Color.Red), Colours.OfState("failed"));
        Assert.Equal(new Style(Color.Yellow), Colours.OfState("suspended"));
        Assert.Equal(Style.Plain, Colours.OfState("processing"));
    }
}
