using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

internal sealed class PaymentVerb : IVerb
{
    private const string IdPrefix = "pay_";

    public Command Build(VerbRun run)
    {
        var number = new Argument<string>("id") { Description = "The payment's id (pay_...), or the merchant's order number." };
        var merchant = new Option<string?>("--merchant")
        {
            Description = "The merchant whose order number is given.",
            HelpName = "id",
        };
        var command = new Command("payment", "Show a payment with its attempts.") { number, merchant };
        command.Validators.Add(result =>
        {
            if (result.GetResult(merchant) is null && result.GetResult(number)?.Tokens is [var only] && !IsId(only.Value))
            {
                result.AddError($"'{only.Value}' is no payment's id (pay_...); an order number needs --merchant.");
            }
        });
        return run.Asks(
            command,
            parsed => RouterRequest.Get(Path(parsed.GetRequiredValue(number), parsed.GetValue(merchant))),
            new View<PaymentBody>(ApiJson.Default.PaymentBody, PaymentView.Show));
    }

    // With --merchant the number is always an order number, even if it looks like an id.
    private static string Path(string number, string? merchant) => merchant is null
        ? $"payments/{Uri.EscapeDataString(number)}"
        : $"payments?merchant={Uri.EscapeDataString(merchant)}&order_no={Uri.EscapeDataString(number)}";

    private static bool IsId(string number) => number.StartsWith(IdPrefix, StringComparison.Ordinal);
}
