using System.Net;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class SignatureTests : SimulatorTest
{
    private string OrdersUrl => Psp.SharedUrl + "/alpha/orders";

    [Fact]
    public void The_test_side_signs_as_the_protocol_says()
    {
        // Computed with: printf '1700000000.{}' | openssl dgst -sha256 -hmac a-secret
        Assert.Equal("b0546aecc0be12b10534102065b471d9d43df820624b63746cebf0a40f589fe6", SimulatedPsp.Sign("1700000000", "{}"));
    }

    [Theory]
    [InlineData(0, "other content", "M1")]
    [InlineData(-310, null, "M1")]
    [InlineData(310, null, "M1")]
    [InlineData(0, null, "M2")]
    public async Task A_submit_that_is_not_signed_right_is_refused_and_not_booked(
        int secondsOff, string? signed, string merchant)
    {
        var body = SimulatedPsp.OrderBody("order1");
        var timestamp = SimulatedPsp.Now(secondsOff);
        var signature = SimulatedPsp.Sign(timestamp, signed ?? body);
        var answer = await Psp.SendAsync(HttpMethod.Post, OrdersUrl, body, timestamp, signature, merchant: merchant);

        Assert.Equal((HttpStatusCode.Unauthorized, true), (answer.Http, answer.IsSigned));
        Assert.Equal(("failed", "03"), answer.Verdict);
        Assert.Equal("not_found", (await Psp.QueryAsync("order1")).Status);
    }

    [Theory]
    [InlineData(-290)]
    [InlineData(290)]
    public async Task Clocks_may_differ_by_less_than_five_minutes(int secondsOff)
    {
        var body = SimulatedPsp.OrderBody("order1");
        var timestamp = SimulatedPsp.Now(secondsOff);
        var answer = await Psp.SendAsync(HttpMethod.Post, OrdersUrl, body, timestamp, SimulatedPsp.Sign(timestamp, body));

        Assert.Equal("succeeded", answer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999999")]
    public async Task A_timestamp_that_is_no_time_is_refused(string timestamp)
    {
        var body = SimulatedPsp.OrderBody("order1");
        var answer = await Psp.SendAsync(HttpMethod.Post, OrdersUrl, body, timestamp, SimulatedPsp.Sign(timestamp, body));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Http);
    }

    [Fact]
    public async Task A_query_signs_its_order_number()
    {
        await Psp.SubmitAsync("order1");
        var timestamp = SimulatedPsp.Now();
        var signature = SimulatedPsp.Sign(timestamp, "order2");
        var answer = await Psp.SendAsync(HttpMethod.Get, OrdersUrl + "/order1", null, timestamp, signature);

        Assert.Equal((HttpStatusCode.Unauthorized, "03"), (answer.Http, answer.Code));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "order_no": "order1", "amount": 0, ____ }""")]
    [InlineData("""{ "order_no": "order1", "amount": 1.5, ____ }""")]
    [InlineData("""{ "order_no": "order1", "amount": 1, "product": "withhold", "currency": "CNY", "account": { } }""")]
    [InlineData("""{ "order_no": "order1", "amount": 1, "amount": 2, ____ }""")]
    [InlineData("""{ "order_no": "no blanks", "amount": 1, ____ }""")]
    public async Task A_body_that_is_wrong_is_our_request_and_not_booked(string body)
    {
        const string Rest = """ "product": "withhold", "currency": "CNY", "account": { "number": "1" } """;
        var answer = await Psp.SubmitBodyAsync(body.Replace("____", Rest, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, true), (answer.Http, answer.IsSigned));
        Assert.Equal(("failed", "10"), answer.Verdict);
        Assert.Empty((await Psp.GetControlAsync("/alpha/books"))["orders"]!.AsArray());
    }

    [Fact]
    public async Task A_body_above_64_KiB_is_refused()
    {
        var answer = await Psp.SubmitBodyAsync(new string(' ', 65 * 1024));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Http);
        Assert.True(answer.IsSigned);
    }
}
