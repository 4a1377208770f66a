using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Routing;

internal static partial class PolicySection
{
    private const string OneChannel = "exactly one channel";
    private const double Largest = 1e15;

    private static readonly (string Name, PolicyKind Kind)[] Kinds =
    [
        ("success-rate", PolicyKind.SuccessRate), ("weighted", PolicyKind.Weighted), ("priority", PolicyKind.Priority),
        ("cost-aware", PolicyKind.CostAware), ("pinned", PolicyKind.Pinned), ("volume", PolicyKind.Volume),
        ("sticky", PolicyKind.Sticky),
    ];

    // These need no settings: each exists under the name of its kind.
    private static readonly (string Name, PolicyKind Kind)[] OfThemselves =
    [
        .. Kinds.Where(row => row.Kind
            is PolicyKind.SuccessRate or PolicyKind.Weighted or PolicyKind.CostAware or PolicyKind.Sticky),
    ];

    public static ImmutableArray<PolicySettings> ReadPolicies(SettingReader router)
    {
        var policies = router.Named("policies", router.Section("policy-defaults"), OfThemselves.Select(row => row.Name));
        return [.. policies.Select(row => Read(row.Name, row.Reader))];
    }

    private static PolicySettings Read(string name, SettingReader policy)
    {
        if (!Name().IsMatch(name))
        {
            policy.Log.Wrong(policy.Path, name, "a policy named with 1-32 letters, digits, - and _");
        }

        var errors = policy.Log.Errors.Length;
        var kind = policy.Optional("kind", SettingValues.Names(Kinds), SettingValues.OneOf(Kinds));
        var ofItself = OfThemselves.FirstOrDefault(row => row.Name == name).Kind;
        var read = Read(name, kind != default ? kind : ofItself, policy);
        var needed = read.Kind switch
        {
            default(PolicyKind) => ("kind", SettingValues.Names(Kinds)),
            PolicyKind.Priority when read.Channels.IsEmpty => ("channels", "the channels in order of preference"),
            PolicyKind.Pinned when read.Channels.IsEmpty => ("channels", OneChannel),
            PolicyKind.Volume when read.Minimums.IsEmpty => ("minimums", "CHANNEL=AMOUNT for at least one channel"),
            _ => default,
        };
        if (read is { Kind: PolicyKind.Pinned, Channels.Length: > 1 })
        {
            policy.Wrong("channels", string.Join(", ", read.Channels), OneChannel);
        }

        if (needed.Item1 is not null && policy.Log.Errors.Length == errors)
        {
            policy.Missing(needed.Item1, needed.Item2);
        }

        return read;
    }

    private static PolicySettings Read(string name, PolicyKind kind, SettingReader policy)
    {
        var margin = policy.Section("margin");
        return new PolicySettings(
            Name: name,
            Kind: kind,
            Channels: policy.Channels("channels"),
            Weights: Numbers(policy, "weights", "CHANNEL=NUMBER with a number above 0", Number),
            Minimums: Numbers(policy, "minimums", "CHANNEL=AMOUNT with a whole number of minor units above 0", Amount),
            Tolerance: policy.UpTo("tolerance", 1),
            MayFallBack: policy.Choice("fallback", ("success-rate", true), ("none", false)),
            Margin: new ChannelFee(margin.Int("basis-points", 0, 10_000), margin.Long("fixed", 0, long.MaxValue)));
    }

    private static ImmutableSortedDictionary<string, double> Numbers(
        SettingReader section, string key, string allowed, Parse<(string Channel, double Number)> parse)
    {
        var pairs = section.List(key, allowed, parse);
        var numbers = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (channel, number) in pairs.Where(pair => pair.Channel is not null))
        {
            if (!numbers.TryAdd(channel, number))
            {
                section.Wrong(key, channel, "each channel once");
            }
        }

        return numbers.ToImmutable();
    }

    private static bool Number(string text, out (string Channel, double Number) value)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        var isNumber = double.TryParse(
            parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        value = (parts[0], number);
        return parts.Length == 2 && parts[0].Length > 0 && isNumber && number is > 0 and <= Largest;
    }

    private static bool Amount(string text, out (string Channel, double Number) value) =>
        Number(text, out value) && double.IsInteger(value.Number);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Name();
}
