using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Notifications;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Actors.Settings;

/// <summary>Who may use the node: the sections in <c>router.merchants</c> and the list <c>router.operators</c>.</summary>
internal static partial class MerchantSection
{
    private const string Any = "*";
    private const string SecretPrefix = "whsec_";
    private const string AllowedTargets = "an address, a network such as 10.1.0.0/16 or a host, with :port if one is meant";

    private static readonly ImmutableHashSet<TokenHash> DemoTokens =
        [TokenHash.Of("demo-key"), TokenHash.Of("demo-operator"), TokenHash.Of("demo-approver")];

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

    public static ImmutableArray<MerchantSettings> ReadMerchants(SettingReader router)
    {
        var keyDefaults = router.Section("merchant-key-defaults");
        var routeDefaults = router.Section("route-defaults");
        var merchants = router.Named("merchants", router.Section("merchant-defaults"));
        return [.. merchants.Select(row => Read(row.Name, row.Reader, keyDefaults, routeDefaults))];
    }

    public static ImmutableArray<OperatorSettings> ReadOperators(SettingReader router) =>
        [.. router.Listed("operators", router.Section("operator-defaults")).Select(ReadOperator)];

    private static MerchantSettings Read(
        string name, SettingReader merchant, SettingReader keyDefaults, SettingReader routeDefaults)
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
            Keys: [.. merchant.Listed("keys", keyDefaults).Select(ReadKey)],
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

    private static MerchantKey ReadKey(SettingReader key)
    {
        var token = ReadToken(key);
        return new MerchantKey(token, key.Choice("mode", RouterSection.Modes), DemoTokens.Contains(token));
    }

    private static OperatorSettings ReadOperator(SettingReader person)
    {
        var token = ReadToken(person);
        var roles = person.List("roles", SettingValues.Names(Roles), SettingValues.OneOf(Roles), mayBeEmpty: false);
        return new OperatorSettings(person.Text("name"), token, [.. roles], DemoTokens.Contains(token));
    }

    private static TokenHash ReadToken(SettingReader holder)
    {
        const string Either = "either token or token-sha256";
        var token = holder.Optional<string>("token", "any text", SettingValues.AnyText);
        var hash = holder.Optional<string>("token-sha256", "64 hex digits", SettingValues.AnyText);
        if (hash is not null && !Sha256().IsMatch(hash))
        {
            holder.Wrong("token-sha256", hash, "64 hex digits");
        }

        if (token is not null && hash is not null)
        {
            holder.Wrong("token", token, $"{Either}, not both");
        }
        else if (token is null && hash is null)
        {
            holder.Missing("token", Either);
        }

        return token is not null ? TokenHash.Of(token) : new TokenHash(hash?.ToLowerInvariant() ?? "");
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
    [GeneratedRegex("^(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")]
    private static partial Regex HostName();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex Sha256();
}
