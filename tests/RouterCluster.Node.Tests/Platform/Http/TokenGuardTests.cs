using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Platform.Http;

/// <summary>Guessing is slow, loud, and the guesser's trouble alone.</summary>
public sealed class TokenGuardTests : IDisposable
{
    private const string Limits = "router.http.wrong-tokens { burst = 20, per-minute = 60, addresses = 100 }";

    /// <summary>For whole nodes, whose clock is the real one: hardly any try grows back while a test runs.</summary>
    private const string SlowLimits = "router.http.wrong-tokens { burst = 20, per-minute = 1, addresses = 100 }";

    private static readonly object Alice = new();
    private static readonly object Bob = new();
    private static readonly IPAddress Guesser = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress Other = IPAddress.Parse("203.0.113.8");

    private readonly FakeTimeProvider _time = new();
    private readonly LogBook _log = new();
    private readonly RouterMetrics _metrics = new();
    private readonly LoggerFactory _loggers;
    private readonly TokenGuard _guard;

    public TokenGuardTests()
    {
        _loggers = new LoggerFactory([_log]);
        _guard = new TokenGuard(TestNode.Settings(Limits).Http, _metrics, _time, _loggers.CreateLogger<TokenGuard>());
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public void Five_thousand_guesses_in_a_second_are_twenty_and_after_that_one_a_second()
    {
        var looked = 0;
        for (var guess = 0; guess < 5_000; guess++)
        {
            looked += Status(Guesser, null) == 401 ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(0.2));
        }

        Assert.Equal(20, looked);

        looked = 0;
        for (var guess = 0; guess < 6_000; guess++)
        {
            looked += Status(Guesser, null) == 401 ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(looked, 59, 61);
    }

    [Fact]
    public void The_right_token_among_too_many_wrong_ones_is_not_told()
    {
        Flood(Guesser);
        var refusal = _guard.Check(Guesser, Alice, "operators");
        Assert.Equal((429, "too_many_wrong_tokens", "1"), (refusal?.Status, refusal?.Code, refusal?.RetryAfterSeconds));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_guard.Check(Guesser, Alice, "operators"));
    }

    [Fact]
    public void A_flood_harms_no_rightful_caller_from_elsewhere_and_none_who_came_from_there_before()
    {
        Assert.Null(_guard.Check(Guesser, Bob, "merchants"));
        Flood(Guesser);

        Assert.Null(_guard.Check(Other, Alice, "operators"));
        Assert.Equal(401, Status(Other, null));
        Assert.Null(_guard.Check(Guesser, Bob, "merchants"));
        Assert.Equal(429, Status(Guesser, Alice));
    }

    [Fact]
    public void Who_guesses_operators_tokens_keeps_no_merchant_of_the_same_address_out()
    {
        Flood(Guesser);

        Assert.Equal(429, Status(Guesser, Alice));
        Assert.Null(_guard.Check(Guesser, Bob, "merchants"));
    }

    [Fact]
    public void A_network_of_ipv6_is_one_address_and_an_address_that_cannot_be_told_is_one_too()
    {
        for (var guess = 0; guess < 20; guess++)
        {
            Assert.Equal(401, Status(IPAddress.Parse($"2001:db8::{guess + 1:x}"), null));
            Assert.Equal(401, Status(null, null));
        }

        Assert.Equal(429, Status(IPAddress.Parse("2001:db8::ffff"), null));
        Assert.Equal(401, Status(IPAddress.Parse("2001:db8:0:1::1"), null));
        Assert.Equal(429, Status(null, null));
    }

    [Fact]
    public void A_guesser_with_ever_new_addresses_takes_no_more_memory_and_forgets_the_oldest_alone()
    {
        Flood(Guesser);
        for (var address = 0; address < 99; address++)
        {
            Status(new IPAddress(address + 1), null);
        }

        Assert.Equal(429, Status(Guesser, null));
        Status(Other, null);
        Assert.Equal(401, Status(Guesser, null));
    }

    [Fact]
    public void A_flood_is_written_down_now_and_then_with_its_address_and_its_size()
    {
        for (var guess = 0; guess < 5_000; guess++)
        {
            Status(Guesser, null);
        }

        var first = Assert.Single(_log.Lines);
        Assert.Contains("203.0.113.7", first, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(10));
        Status(Guesser, null);
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("20 since", _log.Lines.Last(), StringComparison.Ordinal);
        Assert.Contains("4980", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_every_client_is_an_address_of_its_own()
    {
        await using var node = await TestNode.StartAsync("router.trusted-proxies = [\"127.0.0.1\"]\n" + SlowLimits);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(guess =>
            node.SendAsync(HttpMethod.Get, "/admin/v1/channels", $"guess-{guess}", null, null, "203.0.113.7")));

        Assert.InRange(guesses.Count(answer => answer.Status == 401), 20, 25);
        var slowed = guesses.First(answer => answer.Status == 429);
        Assert.Equal("too_many_wrong_tokens", slowed.Code);
        Assert.NotNull(slowed.Message.Headers.RetryAfter);
        Assert.Equal(200, await StatusAsync(node, "t-viewer", "203.0.113.8"));
        Assert.Equal(429, await StatusAsync(node, "t-viewer", "203.0.113.7"));
        Assert.Equal(401, await StatusAsync(node, null, "203.0.113.7"));
    }

    [Fact]
    public async Task Merchants_keys_cannot_be_guessed_either_and_a_caller_of_before_goes_on()
    {
        await using var node = await TestNode.StartAsync(SlowLimits);
        Assert.Equal(404, (await node.GetAsync("/v1/payments?order_no=A-1", "shop-key")).Status);

        for (var guess = 0; guess < 20; guess++)
        {
            Assert.Equal(401, (await node.GetAsync("/v1/payments?order_no=A-1", $"guess-{guess}")).Status);
        }

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(guess =>
            node.GetAsync("/v1/payments?order_no=A-1", $"more-{guess}")));
        Assert.Contains(statuses, answer => answer.Status == 429);
        Assert.Equal(404, (await node.GetAsync("/v1/payments?order_no=A-1", "shop-key")).Status);
    }

    private static async Task<int> StatusAsync(TestNode node, string? token, string forwardedFor) =>
        (await node.SendAsync(HttpMethod.Get, "/admin/v1/channels", token, null, null, forwardedFor)).Status;

    private void Flood(IPAddress address)
    {
        for (var guess = 0; guess < 100; guess++)
        {
            Status(address, null);
        }
    }

    private int Status(IPAddress? address, object? owner) => _guard.Check(address, owner, "operators")?.Status ?? 200;
}
