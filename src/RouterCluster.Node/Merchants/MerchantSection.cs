using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

internal static partial class MerchantSection
{
    private const string Any = "*";
    private const string SecretPrefix = "whsec_";
    private const string AllowedTargets = "an address, a network such as 10.1.0.0/16 or a host, with :port if one is meant";

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
            Id: MerchantId.Unchecked(name),
            Keys: [.. merchant.Listed("keys", keyDefaults).Select(key => ReadKey(key, mode))],
            Products: ReadProducts(merchant),
            AllowedIps: merchant.AnyNetworks("allowed-ips"),
            NotifyUrl: url,
            NotifySecrets: secrets,
            NotifyAllow: merchant.List<AllowedTarget>("notify-allow", AllowedTargets, AllowedTarget),
            Limits: ReadLimits(merchant.Section("limits")),
            Duplicates: merchant.Choice("duplicates", ("allow", DuplicatePolicy.Allow), ("suspend", DuplicatePolicy.Suspend)))
        {
            Routing = RouteSection.Read(merchant, routeDefaults),
        };
    }

    private static MerchantKey ReadKey(SettingReader key, ChannelMode mode)
    {
        var token = TokenRules.Read(key, mode);
        return new MerchantKey(token, key.Choice("mode", SettingValues.Modes), TokenRules.IsDemo(token));
    }

    private static ImmutableHashSet<Product> ReadProducts(SettingReader merchant)
    {
        var products = merchant.List("products", SettingValues.Names(Products), SettingValues.OneOf(Products));
        return [.. products.Where(set => !set.IsDefault).SelectMany(set => set)];
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
