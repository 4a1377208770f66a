using RouterCluster.Channels.HttpJson;

namespace RouterCluster.Channels.Tests;

public sealed class ChannelProtocolsTests
{
    private static readonly ChannelConnection Connection = new(new Uri("http://127.0.0.1:9/alpha"), "M1", ["hush-hush"], 4);

    [Fact]
    public void Every_name_makes_a_protocol()
    {
        Assert.Contains("http-json", ChannelProtocols.Names);
        foreach (var name in ChannelProtocols.Names)
        {
            using var protocol = ChannelProtocols.Create(name, Connection, TimeProvider.System) as IDisposable;
            Assert.NotNull(protocol);
        }
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_names_that_are_known()
    {
        var refusal = Assert.Throws<ArgumentException>(() => ChannelProtocols.Create("http-xml", Connection, TimeProvider.System));
        Assert.Contains("http-json", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        Assert.DoesNotContain("hush", Connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", HttpJsonSettings.From(Connection).ToString(), StringComparison.Ordinal);
    }
}
