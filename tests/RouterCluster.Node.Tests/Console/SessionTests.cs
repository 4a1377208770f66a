using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Console;

/// <summary>A token becomes a session, which is of use to the console's page alone, and not for long.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Short = "router.console.sessions { idle = 30m, longest = 2h, hosts = [ops.example.com] }";

    private readonly FakeTimeProvider _time = new();
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(Short, _time);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        using var answer = await SendAsync(HttpMethod.Post, "session", cookie: null, """{ "token": "t-operator" }""");
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches(@"^router-session-\d+=[0-9A-Za-z_-]{128}; path=/admin/v1; samesite=strict; httponly$", cookie);
        Assert.Contains(
            "\"operator\":{\"name\":\"oscar\",\"roles\":[\"operator\"]}", await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(_node.Log.Lines, line => line.Contains("t-operator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"token\": \"nobody\" }", HttpStatusCode.Unauthorized)]
    [InlineData("{ \"token\": \"shop-key\" }", HttpStatusCode.Unauthorized)]
    [InlineData("{ \"token\": \"\" }", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    public async Task Another_token_opens_nothing(string body, HttpStatusCode expected)
    {
        using var answer = await SendAsync(HttpMethod.Post, "session", cookie: null, body);

        Assert.Equal(expected, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Guesses_at_the_sign_in_are_slowed_down_like_all_others()
    {
        await using var node = await TestNode.StartAsync("router.http.wrong-tokens { burst = 3, per-minute = 1, addresses = 9 }");
        var statuses = new List<int>();
        for (var guess = 0; guess < 5; guess++)
        {
            using var answer = await SendAsync(node, HttpMethod.Post, "session", null, """{ "token": "guess" }""");
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([401, 401, 401, 429, 429], statuses);
    }

    [Fact]
    public async Task A_session_may_do_what_its_person_may()
    {
        var (viewer, @operator) = (await SignInAsync("t-viewer"), await SignInAsync("t-operator"));

        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", viewer));
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "channels/alpha/drain", viewer, "{}"));
        Assert.Equal(200, await StatusAsync(HttpMethod.Post, "channels/alpha/drain", @operator, "{}"));
        Assert.Equal("oscar", Assert.Single(_node.Channels.Asked).Change.By);
    }

    [Theory]
    [InlineData("X-Console", null)]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Host", "evil.example")]
    public async Task Changes_on_behalf_of_another_site_are_refused(string header, string? value)
    {
        var cookie = await SignInAsync("t-operator");

        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "channels/alpha/drain", cookie, "{}", (header, value)));
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "session", null, """{ "token": "t-admin" }""", (header, value)));
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task Under_a_foreign_name_nothing_can_be_read_and_under_a_configured_one_all()
    {
        var cookie = await SignInAsync("t-viewer");

        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("Host", "evil.example")));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("Host", "ops.example.com")));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("Host", "localhost")));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("Host", "[::1]:8080")));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_left_alone_and_at_its_longest_in_any_case()
    {
        var (idle, busy) = (await SignInAsync("t-viewer"), await SignInAsync("t-operator"));
        for (var minutes = 0; minutes < 100; minutes += 20)
        {
            busy = await UseAsync(busy);
            _time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "channels", idle));
        busy = await UseAsync(busy);
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "channels", busy));
    }

    [Fact]
    public async Task A_session_is_good_at_every_node_with_the_cluster_s_key_and_none_that_somebody_made_is()
    {
        var cookie = await SignInAsync("t-operator");
        await using var other = await TestNode.StartAsync(Short, _time);
        await using var foreign = await TestNode.StartAsync(Short + "\nrouter.environment = elsewhere", _time);
        var changed = cookie[..^1] + (cookie[^1] == 'A' ? 'B' : 'A');

        static async Task<int> StatusAtAsync(TestNode node, string ticket)
        {
            var value = ticket.Split('=', 2)[1];
            using var answer = await SendAsync(
                node, HttpMethod.Get, "channels", $"router-session-{node.Address.Port}={value}", null);
            return (int)answer.StatusCode;
        }

        Assert.Equal((200, 200), (await StatusAtAsync(_node, cookie), await StatusAtAsync(other, cookie)));
        Assert.Equal(401, await StatusAtAsync(foreign, cookie));
        Assert.Equal(401, await StatusAtAsync(_node, changed));
        Assert.Equal(401, await StatusAtAsync(_node, "x=" + new string('A', SessionTickets.Letters)));
    }

    [Fact]
    public async Task A_page_that_is_merely_open_does_not_keep_its_session_alive()
    {
        var cookie = await SignInAsync("t-viewer");
        for (var minutes = 0; minutes < 30; minutes += 15)
        {
            Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("X-Console", "0")));
            _time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "channels", cookie, null, ("X-Console", "0")));
    }

    [Fact]
    public async Task Signing_out_ends_a_session_with_all_its_tickets_and_no_other_one()
    {
        var (first, other) = (await SignInAsync("t-viewer"), await SignInAsync("t-viewer"));
        _time.Advance(TimeSpan.FromMinutes(20));
        var renewed = await UseAsync(first);
        Assert.NotEqual(first, renewed);

        Assert.Equal(200, await StatusAsync(HttpMethod.Delete, "session", renewed));

        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "channels", first));
        Assert.Equal(401, await StatusAsync(HttpMethod.Get, "channels", renewed));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "channels", other));
    }

    [Fact]
    public async Task A_page_that_asks_who_is_signed_in_is_told_nobody()
    {
        using var answer = await SendAsync(HttpMethod.Get, "session", cookie: null);

        Assert.Equal("""{"mode":"sandbox","environment":"local","operator":null}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void A_session_counts_only_while_its_token_is_configured()
    {
        var sessions = _node.Get<OperatorSessions>();
        var @operator = TestNode.Settings("").Operators[0];
        var id = sessions.Open(@operator);

        var before = new Bearer<OperatorSettings>([KeyValuePair.Create(@operator.Token.Hex, @operator)]);
        var after = new Bearer<OperatorSettings>([]);

        Assert.Same(@operator, before.OfHash(sessions.TokenOf(id, isUse: true, out _)!));
        Assert.Null(after.OfHash(sessions.TokenOf(id, isUse: true, out _)!));
    }

    /// <summary>As a browser: the cookie after the request.</summary>
    private async Task<string> UseAsync(string cookie)
    {
        using var answer = await SendAsync(HttpMethod.Get, "channels", cookie);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Single().Split(';')[0] : cookie;
    }

    private async Task<string> SignInAsync(string token)
    {
        using var answer = await SendAsync(HttpMethod.Post, "session", cookie: null, $$"""{ "token": "{{token}}" }""");
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<int> StatusAsync(
        HttpMethod method, string path, string? cookie, string? body = null, params (string Name, string? Value)[] headers)
    {
        using var answer = await SendAsync(method, path, cookie, body, headers);
        return (int)answer.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? cookie, string? body = null, params (string Name, string? Value)[] headers) =>
        SendAsync(_node, method, path, cookie, body, headers);

    /// <summary>The cookie that the browser would have got under another name of the node.</summary>
    private static string? CookieAt(HostString host, string? cookie) =>
        cookie is null ? null : $"router-session-{host.Port ?? 0}={cookie.Split('=', 2)[1]}";

    /// <summary>As the page does, except for headers that the test gives or takes away.</summary>
    private static async Task<HttpResponseMessage> SendAsync(
        TestNode node, HttpMethod method, string path, string? cookie, string? body,
        params (string Name, string? Value)[] headers)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var request = new HttpRequestMessage(method, new Uri(node.Address, $"/admin/v1/{path}"));
        request.Content = body is null ? null : TestNode.Json(body);
        var all = new Dictionary<string, string?>
        {
            ["X-Console"] = "1", ["Origin"] = node.Address.GetLeftPart(UriPartial.Authority), ["Sec-Fetch-Site"] = "same-origin",
            ["Cookie"] = cookie,
        };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
            if (name == "Host")
            {
                all["Origin"] = $"http://{value}";
                all["Cookie"] = CookieAt(new HostString(value!), cookie);
            }
        }

        foreach (var (name, value) in all.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }
}
