using System.Text;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class FieldRuleTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync("""
        router.merchants.shop { notify-secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
        router.channels.alpha.banks = ["ICBC", "01020000"]
        """);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("order_no", "null")]
    [InlineData("order_no", "\"\"")]
    [InlineData("order_no", "\"a b\"")]
    [InlineData("order_no", "\"\\u00e9\"")]
    [InlineData("order_no", "7")]
    [InlineData("order_no", "\"\\ud800\"")]
    [InlineData("order_no", "\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("product", "\"gift\"")]
    [InlineData("product", "\"Withhold\"")]
    [InlineData("amount", "0")]
    [InlineData("amount", "-1")]
    [InlineData("amount", "1.0")]
    [InlineData("amount", "1e3")]
    [InlineData("amount", "\"12000\"")]
    [InlineData("amount", "10000000000001")]
    [InlineData("amount", "99999999999999999999999")]
    [InlineData("amount", "true")]
    [InlineData("currency", "\"cny\"")]
    [InlineData("currency", "\"CNYX\"")]
    [InlineData("currency", "\"CNX\"")]
    [InlineData("currency", "\"XXX\"")]
    [InlineData("account", "[]")]
    [InlineData("account", "null")]
    [InlineData("account.number", "\"12345\"")]
    [InlineData("account.number", "\"6222 0200 0000\"")]
    [InlineData("account.number", "6222020000000001")]
    [InlineData("account.number", "null")]
    [InlineData("account.holder", "\"\"")]
    [InlineData("account.holder", "\"a\\u0000b\"")]
    [InlineData("account.holder", "\"\\ud83d\"")]
    [InlineData("account.bank", "\"icbc\"")]
    [InlineData("account.bank", "\"A\"")]
    [InlineData("account.bank", "\"6222020000000001\"")]
    [InlineData("account.bank", "\"123456789012\"")]
    [InlineData("account.bank", "\"ABCDEFGHIJKLM\"")]
    [InlineData("account.id_no", "\"123456789012345678901234567890123\"")]
    [InlineData("account.phone", "\"+12a45\"")]
    [InlineData("account.phone", "\"1234\"")]
    [InlineData("account.cvv", "\"123\"")]
    [InlineData("notify_url", "\"/relative\"")]
    [InlineData("notify_url", "\"ftp://example.com/\"")]
    [InlineData("notify_url", "\"https://user:secret@example.com/\"")]
    [InlineData("metadata", "\"text\"")]
    [InlineData("metadata.k", "5")]
    [InlineData("metadata.k", "null")]
    [InlineData("metadata.k", "\"\\u0007\"")]
    [InlineData("expires_in", "0")]
    [InlineData("expires_in", "86401")]
    [InlineData("expires_in", "1.5")]
    [InlineData("colour", "\"red\"")]
    public async Task A_wrong_field_is_named(string field, string json)
    {
        var answer = await _node.PostTextAsync(With(field, json));

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal([field], answer.Fields);
        Assert.Empty(_node.Payments.Accepted);
    }

    [Theory]
    [InlineData("order_no", "\"a_B-9\"")]
    [InlineData("amount", "10000000000000")]
    [InlineData("account.holder", "\"\\u5f20\\u4e09\"")]
    [InlineData("account.holder", "null")]
    [InlineData("account.bank", "null")]
    [InlineData("account.bank", "\"ABCDEFGHIJKL\"")]
    [InlineData("account.bank", "\"01020000\"")]
    [InlineData("account.phone", "\"+8613800000000\"")]
    [InlineData("account.id_no", "\"11010119900101001X\"")]
    [InlineData("notify_url", "\"https://example.com/paid?x=1\"")]
    [InlineData("metadata", "{}")]
    [InlineData("metadata.k", "\"\"")]
    [InlineData("expires_in", "86400")]
    [InlineData("expires_in", "null")]
    public async Task A_right_field_is_taken(string field, string json)
    {
        var answer = await _node.PostTextAsync(With(field, json));

        Assert.Equal(201, answer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"order_no\": \"a\",}")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        var answer = await _node.PostTextAsync(body);

        Assert.Equal((400, "body"), (answer.Status, Assert.Single(answer.Fields)));
    }

    [Theory]
    [InlineData("{\n  \"order_no\": \"A-1\",\n  \"amount\": 12O\n}", "line 3, byte 15")]
    [InlineData("{", "line 1, byte 2")]
    public async Task A_body_that_is_no_JSON_is_told_where(string body, string place)
    {
        var answer = await _node.PostTextAsync(body);

        Assert.Contains(place, (string)answer.Json!["errors"]![0]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 201)]
    [InlineData(501, 400)]
    public async Task Characters_are_counted_as_people_count_them(int characters, int status)
    {
        var body = Samples.Body();
        body["metadata"] = new JsonObject { ["k"] = string.Concat(Enumerable.Repeat("\U0001F600", characters)) };

        Assert.Equal(status, (await _node.PostPaymentAsync(body)).Status);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        var content = new ByteArrayContent([.. "{\"order_no\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/payments", "shop-key", content);

        Assert.Equal((400, "body"), (answer.Status, Assert.Single(answer.Fields)));
    }

    [Theory]
    [InlineData("text/plain", 400)]
    [InlineData("application/json; charset=gbk", 400)]
    [InlineData("application/json", 201)]
    [InlineData("Application/JSON; Charset=UTF-8", 201)]
    public async Task Only_JSON_in_UTF8_is_read(string contentType, int status)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Samples.Body().ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/payments", "shop-key", content);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 400 ? ["content-type"] : [], answer.Fields);
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var answer = await _node.PostTextAsync("""
            { "order_no": "!", "order_no": "A", "amount": "x", "currency": 1, "extra": {}, "6222020000000001": 1,
              "account": { "number": 1, "bank": "b", "cvv": "1", "number": "2" }, "metadata": { "k": 1, "k2": [] } }
            """);

        Assert.Equal(400, answer.Status);
        string[] expected =
        [
            "?", "account.bank", "account.cvv", "account.number", "account.number", "amount", "currency", "extra",
            "metadata.k", "metadata.k2", "order_no", "order_no", "product",
        ];
        Assert.Equal(expected, answer.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Metadata_is_bounded_and_its_keys_stand_once()
    {
        var many = string.Join(',', Enumerable.Range(0, 21).Select(no => $"\"k{no}\": \"v\""));
        var key = new string('k', 41);
        var value = new string('v', 501);

        Assert.Equal(["metadata"], (await _node.PostTextAsync(With("metadata", $"{{{many}}}"))).Fields);
        Assert.Equal([$"metadata.{key}"], (await _node.PostTextAsync(With("metadata", $"{{\"{key}\": \"v\"}}"))).Fields);
        Assert.Equal(["metadata.k"], (await _node.PostTextAsync(With("metadata", $"{{\"k\": \"{value}\"}}"))).Fields);
        Assert.Equal(["metadata.k"], (await _node.PostTextAsync(With("metadata", "{\"k\": \"1\", \"k\": \"2\"}"))).Fields);
    }

    [Fact]
    public async Task A_notify_url_needs_a_secret_to_sign_with()
    {
        var body = Samples.Body();
        body["notify_url"] = "https://example.com/paid";

        var answer = await _node.PostPaymentAsync(body, "other-key");

        Assert.Equal((400, "notify_url"), (answer.Status, Assert.Single(answer.Fields)));
    }

    /// <summary>The sample's JSON with one field written as given, which may be what no JSON writer would write.</summary>
    private static string With(string field, string json)
    {
        const string Mark = "MARK";
        var body = Samples.Body();
        var path = field.Split('.');
        var parent = body;
        if (path.Length == 2)
        {
            parent = body[path[0]] as JsonObject ?? [];
            if (parent.Parent is null)
            {
                body[path[0]] = parent;
            }
        }

        parent[path[^1]] = Mark;
        return body.ToJsonString().Replace($"\"{Mark}\"", json, StringComparison.Ordinal);
    }
}
