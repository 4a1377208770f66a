using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

internal sealed class CancelVerb : IVerb
{
    private const string Help = """
        Cancel a payment of which nothing was sent: it becomes closed and is never sent. Refused with the reason when an order was
        sent, may have been, or the payment has ended otherwise. Example:
        routerctl cancel pay_3x1 --reason "the merchant has called"
        """;

    public Command Build(VerbRun run)
    {
        var id = PathArgument.Id("The payment's id (pay_...).", "a payment's id");
        var reason = new Option<string>("--reason")
        {
            Description = "Why; kept in the audit trail.", HelpName = "text", Required = true,
        };
        return run.Asks(
            new Command("cancel", Help) { id, reason },
            parsed => RouterRequest.Post(
                $"payments/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/cancel",
                new CancelRequest(parsed.GetRequiredValue(reason)), ApiJson.Default.CancelRequest),
            new View<PaymentBody>(ApiJson.Default.PaymentBody, PaymentView.Show));
    }
}
