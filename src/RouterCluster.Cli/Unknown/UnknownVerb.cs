using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Channels;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Unknown;

internal sealed class UnknownVerb : IVerb
{
    private const string Show = """
        Show the payments of which nobody knows how they ended: count, money and age, by channel and by merchant. Example:
        routerctl unknown
        """;

    private const string Ask = """
        Have a channel asked outside its schedule and within its budget: about one payment, or about all that is unknown at the
        channel. Examples: routerctl unknown ask pay_3x1, routerctl unknown ask --channel alpha --rate 20 --reason "bank is back"
        """;

    public Command Build(VerbRun run)
    {
        var command = run.Asks(
            new Command("unknown", Show), _ => RouterRequest.Get("unknown"),
            new View<UnknownPaymentsBody>(ApiJson.Default.UnknownPaymentsBody, UnknownView.Show));
        command.Add(BuildAsk(run));
        return command;
    }

    private static Command BuildAsk(VerbRun run)
    {
        var payment = new Argument<string?>("id")
        {
            Description = "The payment's id (pay_...).", Arity = ArgumentArity.ZeroOrOne,
        };
        var channel = new Option<string?>("--channel") { Description = "All that is unknown at this channel.", HelpName = "id" };
        var rate = new Option<double?>("--rate")
        {
            Description = "Questions per second; half of what the query lane may do without it.", HelpName = "number",
        };
        var reason = ChannelArguments.Reason();
        var ask = new Command("ask", Ask) { payment, channel, rate, reason };
        ask.Validators.Add(result =>
        {
            var hasPayment = result.GetResult(payment)?.Tokens.Count > 0;
            if (hasPayment == (result.GetResult(channel) is not null))
            {
                result.AddError("Give a payment's id or --channel.");
            }
            else if (hasPayment && result.GetResult(rate) is not null)
            {
                result.AddError("--rate needs --channel.");
            }
            else if (hasPayment && result.GetResult(payment)!.Tokens[0].Value.Trim() is "" or "." or "..")
            {
                result.AddError("<id> must be a payment's id.");
            }
        });
        ask.SetAction((parsed, cancellation) => parsed.GetValue(payment) is { } id
            ? run.AskAsync(
                parsed,
                RouterRequest.Post(
                    $"payments/{Uri.EscapeDataString(id)}/ask", new AskRequest(parsed.GetValue(reason)),
                    ApiJson.Default.AskRequest),
                new View<AskedBody>(ApiJson.Default.AskedBody, UnknownView.Show), cancellation)
            : run.AskAsync(
                parsed,
                RouterRequest.Post(
                    "unknown/ask",
                    new AskUnknownRequest(parsed.GetValue(channel)!, parsed.GetValue(rate), parsed.GetValue(reason)),
                    ApiJson.Default.AskUnknownRequest),
                new View<AskRunBody>(ApiJson.Default.AskRunBody, UnknownView.Show), cancellation));
        return ask;
    }
}
