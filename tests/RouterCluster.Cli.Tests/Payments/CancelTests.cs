using RouterCluster.Cli.Tests.Tables;
using Spectre.Console;

namespace RouterCluster.Cli.Tests.Payments;

public sealed class CancelTests
{
    private const string Request = "POST /admin/v1/payments/pay_3x1/cancel";

    private static readonly string Closed = Bodies.Payment.Replace(
        "\"state\": \"failed\", \"channel\"", "\"state\": \"closed\", \"channel\"", StringComparison.Ordinal);

    [Fact]
    public async Task A_cancelled_payment_is_shown()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Request, Closed);

        var ending = await Tool.RunAsync(node, "cancel", "pay_3x1", "--reason", "the merchant has called");

        Assert.Equal(0, ending.Code);
        Assert.Contains("pay_3x1", ending.Output, StringComparison.Ordinal);
        Assert.Equal("""{"reason":"the merchant has called"}""", node.Seen.Single().Body);
    }

    [Fact]
    public async Task Json_is_the_answer_as_it_came()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Request, Closed);

        Assert.Equal(Closed, (await Tool.RunAsync(node, "cancel", "pay_3x1", "--reason", "x", "--json")).Output);
    }

    [Fact]
    public async Task What_cannot_be_cancelled_says_why()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            Request,
            """
            { "type": "urn:routercluster:problem:already_sent", "title": "An order of the payment was sent, or may have been",
              "status": 409, "detail": "It goes on until its end is known.", "code": "already_sent" }
            """,
            409);

        var ending = await Tool.RunAsync(node, "cancel", "pay_3x1", "--reason", "x");

        Assert.Equal((1, ""), (ending.Code, ending.Output));
        Assert.Contains("An order of the payment was sent", ending.Error, StringComparison.Ordinal);
        Assert.Contains("already_sent", ending.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(120)]
    public async Task No_line_is_wider_than_the_terminal(int width)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Request, LongBodies.Payment);

        var ending = await Tool.OnTerminalAsync(width, node, "cancel", "pay_3x1", "--reason", "x");

        Assert.All(ending.Lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancel pay_3x1")]
    [InlineData("cancel --reason x")]
    [InlineData("cancel .. --reason x")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() =>
        Assert.Contains("routerctl cancel pay_3x1", await Tool.HelpAsync("cancel"), StringComparison.Ordinal);
}
