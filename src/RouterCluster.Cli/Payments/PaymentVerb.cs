using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

internal sealed class PaymentVerb : IVerb
{
    private const string IdPrefix = "pay_";

    private const string Help = """
        Show a payment with its attempts, or with --timeline what happened to it. Example:
        routerctl payment A-1001 --merchant demo --timeline
        """;

    private static readonly View<PaymentBody> Payment = new(ApiJson.Default.PaymentBody, PaymentView.Show);
    private static readonly View<TimelineBody> Story = new(ApiJson.Default.TimelineBody, TimelineView.Show);

    public Command Build(VerbRun run)
    {
        var number = new Argument<string>("id") { Description = "The payment's id (pay_...), or the merchant's order number." };
        var merchant = new Option<string?>("--merchant")
        {
            Description = "The merchant whose order number is given.",
            HelpName = "id",
        };
        var timeline = new Option<bool>("--timeline")
        {
            Description = "Its story instead: every step with its time and its commit in the journal, and what is due.",
        };
        var command = new Command("payment", Help) { number, merchant, timeline };
        command.Validators.Add(result =>
        {
            if (result.GetResult(merchant) is null && result.GetResult(number)?.Tokens is [var only] && !IsId(only.Value))
            {
                result.AddError($"'{only.Value}' is no payment's id (pay_...); an order number needs --merchant.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var request = RouterRequest.Get(Path(parsed.GetRequiredValue(number), parsed.GetValue(merchant)));
            return (parsed.GetValue(timeline), parsed.GetValue(merchant)) switch
            {
                (false, _) => run.AskAsync(parsed, request, Payment, cancellation),
                (true, null) => run.AskAsync(parsed, StoryOf(parsed.GetRequiredValue(number)), Story, cancellation),
                (true, _) => run.AskTwiceAsync(
                    parsed, request, ApiJson.Default.PaymentBody, found => StoryOf(found.Id), "", Story, cancellation),
            };
        });
        return command;
    }

    private static RouterRequest StoryOf(string id) => RouterRequest.Get($"payments/{Uri.EscapeDataString(id)}/timeline");

    // With --merchant the number is always an order number, even if it looks like an id.
    private static string Path(string number, string? merchant) => merchant is null
        ? $"payments/{Uri.EscapeDataString(number)}"
        : $"payments?merchant={Uri.EscapeDataString(merchant)}&order_no={Uri.EscapeDataString(number)}";

    private static bool IsId(string number) => number.StartsWith(IdPrefix, StringComparison.Ordinal);
}
