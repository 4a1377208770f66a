using System.CommandLine;
using System.CommandLine.Parsing;
using RouterCluster.Api;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cases;

internal sealed class FilterOptions
{
    private readonly Option<string?> _channel = Text("--channel", "Only cases at this channel.", "id");
    private readonly Option<string?> _merchant = Text("--merchant", "Only cases of this merchant.", "id");
    private readonly Option<string?> _reason =
        Text("--case-reason", "Only cases that are open for this reason, such as payout_not_found.", "reason");
    private readonly Option<string?> _product = Text("--product", "Only cases of this product.", "product");

    private readonly Option<long?> _olderThan = new("--older-than")
    {
        Description = "Only payments accepted longer ago than this: a number with s, m, h or d, such as 2h.",
        HelpName = "time",
        CustomParser = Seconds,
    };

    private readonly Option<long?> _maxAmount = new("--max-amount")
    {
        Description = "Only payments of at most this amount, in whole minor units (12000 is 120.00 CNY).",
        HelpName = "amount",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _channel, _merchant, _reason, _product, _olderThan, _maxAmount })
        {
            command.Add(option);
        }
    }

    public CaseFilterBody Read(ParseResult parsed) => new(
        parsed.GetValue(_channel), parsed.GetValue(_merchant), parsed.GetValue(_reason), parsed.GetValue(_olderThan),
        parsed.GetValue(_product), parsed.GetValue(_maxAmount));

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static long? Seconds(ArgumentResult result)
    {
        if (DurationOption.Seconds(result.Tokens.Single().Value) is { } seconds)
        {
            return seconds;
        }

        result.AddError("--older-than must be a number with s, m, h or d, such as 2h.");
        return null;
    }
}
