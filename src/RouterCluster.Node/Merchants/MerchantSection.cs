using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Merchants;

/// <summary>Who may use the node: the sections in <c>router.merchants</c> and the list <c>router.operators</c>.</summary>
internal static partial class MerchantSection
{
    private const string Any = "*";
    private const string SecretPrefix = "whsec_";
    private const string AllowedTargets = "an address, a network such as 10.1.0.0/16 or a host, with :port if one is meant";

    private static readonly ImmutableArray<IPNetwork> Everywhere = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];

    private static readonly (string, OperatorRole)[] Roles =
    [
        ("viewer", OperatorRole.Viewer), ("operator", OperatorRole.Operator),
        ("approver", OperatorRole.Approver), ("admin", OperatorRole.Admin),
    ];

    private static readonly (string Name, ImmutableArray<Product> Products)[] Products =
    [
        (Any, [.. ProductNames.All.Select(name => ProductNames.Parse(name)!.Value)]),
        .. ProductNames.All.Select(name => (name, ImmutableArray.Create(ProductNames.Parse(name)!.Value))),
    ];

    public static ImmutableArray<MerchantSettings> ReadMerchants(SettingReader router, ChannelMode mode)
    {
        var keyDefaults = router.Section("merchant-key-defaults");
        var routeDefaults = router.Section("route-defaults");
        var merchants = router.Named("merchants", router.Section("merchant-defaults"));
        return [.. merchants.Select(row => Read(row.Name, row.Reader, keyDefaults, routeDefaults, mode))];
    }

    public static ImmutableArray<OperatorSettings> ReadOperators(SettingReader router, ChannelMode mode) =>
        [.. router.Listed("operators", router.Section("operator-defaults")).Select(person => ReadOperator(person, mode))];

    private static MerchantSettings Read(
        string name, SettingReader merchant, SettingReader keyDefaults, SettingReader routeDefaults, ChannelMode mode)
    {
        if (!Name().IsMatch(name))
        {
            merchant.Log.Wrong(merchant.Path, name, "a merchant named with 1-64 letters, digits, - and _");
        }

        var url = merchant.Optional<string>("notify-url", "an http(s) URL", SettingValues.Address);
        var secrets = merchant.OneOrMore<Secret>("notify-secret", "whsec_ and base64, or a list of such", NotifySecret);
        if (url is not null && secrets.IsEmpty)
        {
            merchant.Wrong("notify-url", url, "a URL together with notify-secret, which is missing or wrong");
        }

        return new MerchantSettings(
            Id: new MerchantId(name),
            Keys: [.. merchant.Listed("keys", keyDefaults).Select(key => ReadKey(key, mode))],
            Products: ReadProducts(merchant),
            AllowedIps: ReadNetworks(merchant, "allowed-ips"),
            NotifyUrl: url,
            NotifySecrets: secrets,
            NotifyAllow: merchant.List<AllowedTarget>("notify-allow", AllowedTargets, AllowedTarget),
            Limits: ReadLimits(merchant.Section("limits")),
            Duplicates: merchant.Choice("duplicates", ("allow", DuplicatePolicy.Allow), ("suspend", DuplicatePolicy.Suspend)))
        {
            Routing = PolicySection.ReadRoutes(merchant, routeDefaults),
        };
    }

    private static MerchantKey ReadKey(SettingReader key, ChannelMode mode)
    {
        var token = TokenRules.Read(key, mode);
        return new MerchantKey(token, key.Choice("mode", RouterSection.Modes), TokenRules.IsDemo(token));
    }

    private static OperatorSettings ReadOperator(SettingReader person, ChannelMode mode)
    {
        var token = TokenRules.Read(person, mode);
        var roles = person.List("roles", SettingValues.Names(Roles), SettingValues.OneOf(Roles), mayBeEmpty: false);
        var name = person.Value<string>("name", PlainName.Words, PlainName.Parse) ?? "";
        return new OperatorSettings(name, token, [.. roles], TokenRules.IsDemo(token));
    }

    private static ImmutableHashSet<Product> ReadProducts(SettingReader merchant)
    {
        var products = merchant.List("products", SettingValues.Names(Products), SettingValues.OneOf(Products));
        return [.. products.Where(set => !set.IsDefault).SelectMany(set => set)];
    }

    public static ImmutableArray<IPNetwork> ReadNetworks(SettingReader section, string key)
    {
        var networks = section.List<ImmutableArray<IPNetwork>>(key, $"{Any} or {RouterSection.Networks}", AnyNetwork);
        return [.. networks.Where(set => !set.IsDefault).SelectMany(set => set)];
    }

    private static bool AnyNetwork(string text, out ImmutableArray<IPNetwork> value)
    {
        var isNetwork = SettingValues.Network(text, out var network);
        value = text == Any ? Everywhere : [network];
        return text == Any || isNetwork;
    }

    private static MerchantLimits ReadLimits(SettingReader limits) => new(
        RatePerSecond: limits.PositiveOrUnlimited("rate-per-second", 1_000_000),
        InFlight: (int?)limits.LongOrUnlimited("in-flight", int.MaxValue),
        AmountPerPayment: limits.LongOrUnlimited("amount-per-payment", long.MaxValue),
        AmountPerDay: limits.LongOrUnlimited("amount-per-day", long.MaxValue));

    private static bool NotifySecret(string text, out Secret value)
    {
        value = new Secret(text);
        var encoded = text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? text[SecretPrefix.Length..] : "";
        return encoded.Length > 0 && Convert.TryFromBase64String(encoded, new byte[encoded.Length], out _);
    }

    private static bool AllowedTarget(string text, out AllowedTarget value)
    {
        // An IPv6 address has colons of its own: with a port it stands in brackets.
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        var place = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = 0;
        var isPort = !hasPort
            || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, null, out port) && port is > 0 and < 65536);
        var isNetwork = SettingValues.Network(place, out var network);
        value = new AllowedTarget(isNetwork ? network : null, isNetwork ? null : place, hasPort ? port : null);
        return isPort && (isNetwork || HostName().IsMatch(place));
    }

    // A name has a letter in it: 10.1.0.0/33 and 10.1 are mistyped networks.
    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
