using System.CommandLine;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Payments;

internal sealed class FindVerb : IVerb
{
    private const string Help = """
        Find payments by any of their numbers: the router's id, our number of an attempt at a channel, the channel's own number of
        it, or a merchant's order number, which several merchants may use. Examples:
        routerctl find C0031f8a, routerctl find A-1001 -o wide
        """;

    public Command Build(VerbRun run)
    {
        var number = new Argument<string>("number") { Description = "The number, as people or statements name it." };
        var command = new Command("find", Help) { number, run.Output };
        number.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && string.IsNullOrWhiteSpace(text.Value))
            {
                result.AddError("<number> must not be empty.");
            }
        });
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed, RouterRequest.Get($"search?number={Uri.EscapeDataString(parsed.GetRequiredValue(number))}"),
            PaymentTable.ViewOf(run, parsed, _ => "No payment has this number."), cancellation));
        return command;
    }
}
