using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>How bearer tokens are configured, and which of them are sendable and hard to guess.</summary>
public static partial class TokenRules
{
    /// <summary>A longer token is refused without being hashed.</summary>
    public const int Longest = 512;

    /// <summary>In live mode: so many random letters cannot be guessed.</summary>
    private const int Shortest = 16;

    private const string Sendable = "the letters of a bearer token (A-Z a-z 0-9 - . _ ~ + / and = at its end)";

    private static readonly TokenHash OfNothing = TokenHash.Of("");

    private static readonly ImmutableHashSet<TokenHash> Demo =
        [TokenHash.Of("demo-key"), TokenHash.Of("demo-operator"), TokenHash.Of("demo-approver")];

    /// <summary>The token stands in public documentation.</summary>
    public static bool IsDemo(TokenHash token) => Demo.Contains(token);

    /// <summary>In sandbox mode a token that is short or cannot be sent causes only a warning.</summary>
    internal static TokenHash Read(SettingReader holder, ChannelMode mode)
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

        var known = token is not null ? TokenHash.Of(token) : new TokenHash(hash?.ToLowerInvariant() ?? "");
        CheckStrength(holder, mode, token, known);
        return known;
    }

    private static void CheckStrength(SettingReader holder, ChannelMode mode, string? token, TokenHash known)
    {
        var isLive = mode == ChannelMode.Live;
        if (token is null ? known == OfNothing : !Letters().IsMatch(token) || token.Length > Longest)
        {
            var allowed = $"at most {Longest} of {Sendable}: no client can send this one";
            Say(holder, token is null ? "token-sha256" : "token", allowed, isLive);
        }
        else if (token?.Length < Shortest && isLive && !IsDemo(known))
        {
            holder.Wrong("token", "", $"at least {Shortest} letters in live mode");
        }
    }

    private static void Say(SettingReader holder, string key, string allowed, bool isError)
    {
        if (isError)
        {
            holder.Wrong(key, "", allowed);
        }
        else
        {
            holder.Log.Warn($"{holder.PathOf(key)}: allowed is {allowed}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~+/-]+=*\z")]
    private static partial Regex Letters();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256();
}
