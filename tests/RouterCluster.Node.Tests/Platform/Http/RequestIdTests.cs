using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Platform.Http;

public sealed class RequestIdTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public static TheoryData<string, string> Own => new()
    {
        { "Request-Id", "r" }, { "X-Request-Id", "A-1_b" }, { "request-id", new string('x', 64) },
    };

    public static TheoryData<string> Unfit => [new string('x', 65), "a b", "a:b", "a;b", ""];

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [MemberData(nameof(Own))]
    public async Task A_request_keeps_its_own_id(string header, string id) =>
        Assert.Equal(id, (await GetAsync("/health/live", header, id)).Id);

    [Fact]
    public async Task Of_two_headers_the_standing_name_counts()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Address, "/health/live"));
        request.Headers.Add("X-Request-Id", "theirs");
        request.Headers.Add("Request-Id", "ours");

        Assert.Equal("ours", (await SendAsync(request)).Id);
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_id_that_is_not_plain_is_replaced(string id)
    {
        var (made, _) = await GetAsync("/health/live", "Request-Id", id);

        Assert.NotEqual(id, made);
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", made);
    }

    [Fact]
    public async Task Requests_without_an_id_get_one_each()
    {
        var first = await GetAsync("/health/live");
        var second = await GetAsync("/health/live");

        Assert.NotEqual(first.Id, second.Id);
    }

    [Theory]
    [InlineData("/v1/payments?order_no=A-1")]
    [InlineData("/admin/v1/channels")]
    [InlineData("/no/such/path")]
    public async Task A_problem_repeats_the_id_of_its_answer(string path)
    {
        var (id, body) = await GetAsync(path, "Request-Id", "r-7");

        Assert.Equal(("r-7", "r-7"), (id, (string?)JsonNode.Parse(body)!["request_id"]));
    }

    [Fact]
    public async Task What_is_logged_for_a_request_has_its_id()
    {
        _node.Payments.OnGet = _ => throw new InvalidOperationException("broken");
        var id = _node.Payments.IdOf(new Domain.Vocabulary.MerchantId("shop"), "A-1");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Address, $"/v1/payments/{id}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "shop-key");
        request.Headers.Add("X-Request-Id", "r-8");

        var (answered, body) = await SendAsync(request);

        Assert.Equal(("r-8", "internal"), (answered, (string?)JsonNode.Parse(body)!["code"]));
        Assert.Contains("r-8", _node.Log.Requests);
    }

    private Task<(string Id, string Body)> GetAsync(string path, string? header = null, string? value = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Address, path));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return SendAsync(request);
    }

    private async Task<(string Id, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _node.Client.SendAsync(request);
        return (Assert.Single(response.Headers.GetValues("Request-Id")), await response.Content.ReadAsStringAsync());
    }
}
