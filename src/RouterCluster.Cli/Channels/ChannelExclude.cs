using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

/// <summary>The verbs exclude and include switch a part of a channel off and on again.</summary>
internal static class ChannelExclude
{
    private const string Help = """
        Switch off a part of the channel: payments that have all of what is given here get no new orders there. Give a bank,
        product, merchant or amounts. Example:
        routerctl channel exclude alpha --bank ICBC --product payout --reason "ICBC hangs" --for 2h
        """;

    public static Command BuildExclude(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var bank = Text("--bank", "The bank of the account, as payments name it.");
        var product = Text("--product", "The product, such as payout.");
        var merchant = Text("--merchant", "The merchant's name.");
        var amount = new Option<string?>("--amount")
        {
            Description = "Amounts in minor units, both included: 1..5000, 5000.. or ..5000.", HelpName = "from..to",
        };
        amount.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && Amounts(text.Value) is null)
            {
                result.AddError($"--amount must be such as 1..5000, 5000.. or ..5000, not '{text.Value}'.");
            }
        });
        var (reason, time, dryRun) = (RequiredReason(), ChannelArguments.For(), ChannelArguments.Forecast());
        var command = new Command("exclude", Help) { id, bank, product, merchant, amount, reason, time, dryRun };
        command.Validators.Add(result =>
        {
            if (new Option[] { bank, product, merchant, amount }.All(option => result.GetResult(option) is null))
            {
                result.AddError("Nothing to exclude: give one of --bank, --product, --merchant, --amount.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var (from, to) = Amounts(parsed.GetValue(amount) ?? "") ?? default;
            var lasts = parsed.GetValue(time);
            var change = RouterRequest.Post(
                $"{ChannelArguments.Path(parsed.GetRequiredValue(id))}/exclusions",
                new ExclusionRequest(
                    parsed.GetRequiredValue(reason), parsed.GetValue(bank), parsed.GetValue(product), parsed.GetValue(merchant),
                    from, to, lasts),
                ApiJson.Default.ExclusionRequest);
            return ChannelForecast.AskAsync(run, parsed, dryRun, change, lasts, cancellation);
        });
        return command;
    }

    public static Command BuildInclude(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var no = new Argument<int>("no") { Description = "The exclusion's number, as channel show says it." };
        var reason = ChannelArguments.Reason();
        const string Include = "Take an exclusion back. Example: routerctl channel include alpha 1 --reason \"it is well again\"";
        return run.Asks(
            new Command("include", Include) { id, no, reason },
            parsed => RouterRequest.Delete(
                ChannelArguments.Path(parsed.GetRequiredValue(id))
                    + string.Create(CultureInfo.InvariantCulture, $"/exclusions/{parsed.GetRequiredValue(no)}"),
                new ChannelChangeRequest(parsed.GetValue(reason)), ApiJson.Default.ChannelChangeRequest),
            new View<ChannelBody>(ApiJson.Default.ChannelBody, ChannelView.Show));
    }

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "name" };

    private static Option<string> RequiredReason() => new("--reason")
    {
        Description = "Why; kept in the audit trail with the exclusion.", HelpName = "text", Required = true,
    };

    /// <summary>Null: it is no such text.</summary>
    private static (long? From, long? To)? Amounts(string text)
    {
        var parts = text.Split("..");
        if (parts.Length != 2 || parts.All(part => part.Length == 0) || parts.Any(part => part.Length > 0 && !(Amount(part) > 0)))
        {
            return null;
        }

        return (Amount(parts[0]), Amount(parts[1]));
    }

    private static long? Amount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
