using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RouterCluster.Api;

namespace RouterCluster.Cli.Channels;

/// <summary>Numbers are read strictly: the library's parser takes "1,5" for fifteen.</summary>
internal sealed class ChannelSetOptions
{
    private const string On = "on";

    private readonly Option<int?> _concurrency = Count("--concurrency", "Submits at a time, 1 or more.");
    private readonly Option<double?> _rate = Rate("--rate", "Submits a second, more than 0.");
    private readonly Option<int?> _queryConcurrency = Count("--query-concurrency", "Queries at a time, 1 or more.");
    private readonly Option<double?> _queryRate = Rate("--query-rate", "Queries a second, more than 0.");
    private readonly Option<double?> _weight = new("--weight")
    {
        Description = "Share of traffic relative to other channels, more than 0, under policies that go by weight.",
        HelpName = "number",
        CustomParser = result => Number(result, weight => weight > 0, "a number above 0"),
    };

    private readonly Option<string?> _isolate = new Option<string?>("--isolate")
    {
        Description = "Hold the submit lane's breaker open, so that nothing is sent (on), or let it work again (off).",
    }.AcceptOnlyFromAmong(On, "off");

    private IEnumerable<Option> All => [_concurrency, _rate, _queryConcurrency, _queryRate, _weight, _isolate];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (All.All(option => result.GetResult(option) is null))
            {
                result.AddError($"Nothing to set: give one of {string.Join(", ", All.Select(option => option.Name))}.");
            }
        });
    }

    public ChannelPatchRequest Patch(ParseResult parsed) => new(
        Lane(parsed.GetValue(_concurrency), parsed.GetValue(_rate)),
        Lane(parsed.GetValue(_queryConcurrency), parsed.GetValue(_queryRate)),
        parsed.GetValue(_weight),
        parsed.GetValue(_isolate) is { } isolate ? isolate == On : null);

    private static LanePatchRequest? Lane(int? concurrency, double? rate) =>
        concurrency is null && rate is null ? null : new LanePatchRequest(concurrency, rate);

    private static Option<int?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count >= 1)
            {
                return count;
            }

            return Wrong<int>(result, "a whole number, 1 or more");
        },
    };

    private static Option<double?> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => Number(result, rate => rate > 0, "a number above 0"),
    };

    private static double? Number(ArgumentResult result, Func<double, bool> isAllowed, string allowed)
    {
        var text = result.Tokens[0].Value;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        // The parser accepts "NaN", "Infinity" and numbers that overflow.
        return isNumber && double.IsFinite(value) && isAllowed(value) ? value : Wrong<double>(result, allowed);
    }

    private static T? Wrong<T>(ArgumentResult result, string allowed)
        where T : struct
    {
        var option = (result.Parent as OptionResult)?.Option.Name;
        result.AddError($"{option} must be {allowed}, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
