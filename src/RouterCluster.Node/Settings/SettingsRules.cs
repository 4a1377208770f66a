using System.Net;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Settings;

/// <summary>Rules on several settings together.</summary>
internal static class SettingsRules
{
    /// <summary>The shortest webhook secret that Standard Webhooks allows.</summary>
    private const int LeastSecretBytes = 24;

    public static void Check(RouterSettings settings, SettingLog log)
    {
        CheckTokens(settings, log);
        CheckNames(settings, log);
        PolicyRules.Check(settings.Policies, settings.Merchants, settings.Channels, log);
        if (settings.Node.Mode == ChannelMode.Live)
        {
            CheckLive(settings, log);
        }
        else if (settings.Node.Mode == ChannelMode.Sandbox)
        {
            CheckSandbox(settings, log);
        }

        WarnOfUnevenSettings(settings, log);
        WarnOfSingleChannels(settings, log);
        foreach (var warning in PolicyRules.SingleChannels(settings.Policies, settings.Merchants, settings.Channels))
        {
            log.Warn(warning);
        }
    }

    /// <summary>A token identifies its holder, so two holders must not share one.</summary>
    private static void CheckTokens(RouterSettings settings, SettingLog log)
    {
        var owners = new Dictionary<TokenHash, string>();
        foreach (var (path, token, _) in Tokens(settings).Where(row => row.Token.Hex is { Length: > 0 }))
        {
            if (!owners.TryAdd(token, path))
            {
                log.Wrong(path + ".token", "", $"a token of its own; {owners[token]} has the same");
            }
        }
    }

    /// <summary>A ruling needs two people, told apart by their names.</summary>
    private static void CheckNames(RouterSettings settings, SettingLog log)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < settings.Operators.Length; index++)
        {
            var name = settings.Operators[index].Name;
            if (name.Length > 0 && !names.Add(name))
            {
                log.Wrong($"router.operators[{index}].name", name, "a name that no other operator has");
            }
        }
    }

    private static void CheckLive(RouterSettings settings, SettingLog log)
    {
        const string InLive = "in live mode";
        if (settings.Node.Demo)
        {
            log.Wrong("router.demo", "on", $"off {InLive}");
        }

        if (settings.Node.EncryptionKey is null && !log.Errors.Any(error => error.Key == "router.encryption-key"))
        {
            log.Missing("router.encryption-key", $"base64 of 32 bytes: no key is generated {InLive}");
        }

        if (IsSameListener(settings.Node.AdminUrl, settings.Http.Url))
        {
            log.Wrong("router.admin-url", settings.Node.AdminUrl, $"another listener than router.http.url {InLive}");
        }

        foreach (var (path, _, _) in Tokens(settings).Where(row => row.IsDemo && !settings.Node.Demo))
        {
            log.Wrong(path + ".token", "", $"no demo credential {InLive}");
        }
    }

    private static void CheckSandbox(RouterSettings settings, SettingLog log)
    {
        const string Sandbox = "sandbox, as router.mode is";
        foreach (var channel in settings.Channels.Where(channel => channel.Terms.Mode == ChannelMode.Live))
        {
            log.Wrong($"router.channels.{channel.Id}.mode", "live", Sandbox);
        }

        foreach (var merchant in settings.Merchants)
        {
            for (var index = 0; index < merchant.Keys.Length; index++)
            {
                if (merchant.Keys[index].Mode == ChannelMode.Live)
                {
                    log.Wrong($"router.merchants.{merchant.Id}.keys[{index}].mode", "live", Sandbox);
                }
            }
        }
    }

    private static void WarnOfUnevenSettings(RouterSettings settings, SettingLog log)
    {
        if (settings.Node.Mode == ChannelMode.Live && settings.Book.PayoutApproval == PayoutApproval.None)
        {
            log.Warn("router.payout.approval is none: payouts are refused in live mode");
        }

        if (Tokens(settings).Any(row => row.IsDemo) && !(IsLoopback(settings.Http.Url) && IsLoopback(settings.Node.AdminUrl)))
        {
            log.Warn("router.http.url or router.admin-url is off loopback: "
                + "demo credentials work for requests from loopback only");
        }

        if (IsWildcard(settings.Http.PublicUrl))
        {
            log.Warn("router.http.public-url names no host: channels cannot send notifications to it");
        }

        if (settings is { Storage.Provider: StorageProvider.PostgreSql, Node.EncryptionKey: null, Cluster.IsAlone: true })
        {
            log.Warn("router.encryption-key is not set: nodes that share a database need the same key");
        }

        foreach (var merchant in settings.Merchants.Where(merchant => merchant.NotifySecrets.Any(IsWeak)))
        {
            log.Warn($"router.merchants.{merchant.Id}.notify-secret has fewer than {LeastSecretBytes} bytes");
        }

        foreach (var merchant in settings.Merchants.Where(merchant => merchant.Keys.IsEmpty))
        {
            log.Warn($"router.merchants.{merchant.Id}.keys is empty: the merchant cannot send requests");
        }
    }

    /// <summary>A payment needs a second channel when its first one fails.</summary>
    private static void WarnOfSingleChannels(RouterSettings settings, SettingLog log)
    {
        foreach (var mode in settings.Merchants.SelectMany(merchant => merchant.Keys).Select(key => key.Mode).Distinct().Order())
        {
            foreach (var name in ProductNames.All)
            {
                var product = ProductNames.Parse(name)!.Value;
                var terms = settings.Channels.Where(channel => !channel.Retired).Select(channel => channel.Terms);
                var count = terms.Count(term => term.Mode == mode && term.Products.Contains(product));
                var isWanted = settings.Merchants.Any(merchant =>
                    merchant.Products.Contains(product) && merchant.Keys.Any(key => key.Mode == mode));
                if (count < 2 && isWanted)
                {
                    var modeName = mode == ChannelMode.Live ? "live" : "sandbox";
                    log.Warn($"router.channels: {count} {modeName} channel(s) for {name}; re-routing needs two");
                }
            }
        }
    }

    private static IEnumerable<(string Path, TokenHash Token, bool IsDemo)> Tokens(RouterSettings settings)
    {
        var ofMerchants = settings.Merchants.SelectMany(merchant => merchant.Keys.Select((key, index) =>
            ($"router.merchants.{merchant.Id}.keys[{index}]", key.Token, key.IsDemo)));
        var ofOperators = settings.Operators.Select((person, index) =>
            ($"router.operators[{index}]", person.Token, person.IsDemo));
        return ofMerchants.Concat(ofOperators);
    }

    /// <summary>A wildcard host takes the port on every address.</summary>
    private static bool IsSameListener(string left, string right) =>
        Uri.TryCreate(left, UriKind.Absolute, out var one) && Uri.TryCreate(right, UriKind.Absolute, out var other)
        && one.Port == other.Port && (one.Host == other.Host || IsWildcard(left) || IsWildcard(right));

    private static bool IsWeak(Secret? secret) => secret?.Value.Length < "whsec_".Length + (LeastSecretBytes * 4 / 3);

    private static bool IsLoopback(string url) => !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.IsLoopback;

    private static bool IsWildcard(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && IPAddress.TryParse(uri.Host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
