using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class AddressRuleTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.254")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b::100.64.0.1")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::")]
    [InlineData("2002:6440:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("100::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456:789a::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("5f00::1")]
    public void What_is_not_on_the_public_internet_is_not_called(string address) =>
        Assert.False(AddressRule.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2002:101:101::1")]
    [InlineData("2400:cb00::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    public void What_is_on_the_public_internet_is_called(string address) =>
        Assert.True(AddressRule.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("hook.shop", "10.1.2.3", 80, false, true)]
    [InlineData("hook.shop", "::ffff:10.1.2.3", 80, false, true)]
    [InlineData("hook.shop", "10.2.0.1", 80, false, false)]
    [InlineData("hook.shop", "10.1.2.3", 8080, true, false)]
    [InlineData("HOOKS.internal", "192.168.0.1", 80, false, true)]
    [InlineData("other.internal", "192.168.0.1", 80, false, false)]
    [InlineData("hook.shop", "127.0.0.1", 9000, false, true)]
    [InlineData("hook.shop", "127.0.0.1", 9001, false, false)]
    [InlineData("hook.shop", "127.0.0.1", 9000, true, true)]
    [InlineData("hook.shop", "1.1.1.1", 80, false, true)]
    [InlineData("hook.shop", "1.1.1.1", 8080, true, false)]
    public void A_merchants_list_opens_what_it_names(string host, string address, int port, bool isOwn, bool expected)
    {
        ImmutableArray<AllowedTarget> allowed =
        [
            new(IPNetwork.Parse("10.1.0.0/16"), null, null),
            new(null, "hooks.internal", null),
            new(IPNetwork.Parse("127.0.0.1/32"), null, 9000),
        ];

        Assert.Equal(expected, new CallTarget(host, IPAddress.Parse(address), port, isOwn).MayBeCalled(allowed));
    }
}
