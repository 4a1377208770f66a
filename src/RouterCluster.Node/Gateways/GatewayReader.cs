using System.Collections.Immutable;
using System.Text.Json;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Gateways;

/// <summary>
/// Reads requests of clients of the open decision engine. They send more fields than are used here, so unknown fields are
/// ignored.
/// </summary>
internal static class GatewayReader
{
    public const string SuccessRate = "SR_BASED_ROUTING";
    public const int MostGateways = 50;
    public const int LongestName = 64;
    public const int LongestId = 128;

    private static readonly string[] Succeeded = ["CHARGED", "AUTHORIZED", "PARTIAL_CHARGED", "SUCCESS"];
    private static readonly string[] Failed =
        ["AUTHENTICATION_FAILED", "AUTHORIZATION_FAILED", "JUSPAY_DECLINED", "FAILURE", "FAILED", "CAPTURE_FAILED"];

    private static readonly string[] UnderWay = ["PENDING", "PENDING_VBV", "STARTED", "AUTHORIZING", "CAPTURE_INITIATED"];

    public static readonly string[] Statuses = [.. Succeeded, .. Failed, .. UnderWay];

    public static GatewayQuestion? ReadQuestion(JsonElement json, MerchantId caller, FieldErrors errors)
    {
        ReadMerchant(json, caller, errors);
        if (Text(json, "rankingAlgorithm", "", LongestName, errors) is { } algorithm && algorithm != SuccessRate)
        {
            errors.Add("rankingAlgorithm", $"must be {SuccessRate}; other algorithms are not offered here");
        }

        var gateways = ReadGateways(json, errors);
        if (Of(json, "paymentInfo") is not { ValueKind: JsonValueKind.Object } payment)
        {
            errors.Add("paymentInfo", "must be an object");
            return null;
        }

        const string Path = "paymentInfo.";
        var id = Text(payment, "paymentId", Path, LongestId, errors);
        var type = Text(payment, "paymentType", Path, LongestName, errors);
        var methodType = Text(payment, "paymentMethodType", Path, LongestName, errors);
        var method = Text(payment, "paymentMethod", Path, LongestName, errors);
        Text(payment, "currency", Path, LongestName, errors);
        if (Of(payment, "amount") is not { ValueKind: JsonValueKind.Number })
        {
            errors.Add(Path + "amount", "must be a number");
        }

        return errors.Any
            ? null
            : new GatewayQuestion(caller, id!, $"{type}, {methodType}", $"{type}, {methodType}, {method}", gateways);
    }

    public static GatewayFeedback? ReadFeedback(JsonElement json, MerchantId caller, FieldErrors errors)
    {
        ReadMerchant(json, caller, errors);
        var gateway = Text(json, "gateway", "", LongestName, errors);
        var payment = Text(json, "paymentId", "", LongestId, errors);
        var status = Text(json, "status", "", LongestName, errors)?.ToUpperInvariant();
        if (status is not null && !Statuses.Contains(status))
        {
            errors.Add("status", $"must be one of {string.Join(", ", Statuses)}");
        }

        var isForced = Of(json, "enforceDynamicRoutingFailure") is { ValueKind: JsonValueKind.True };
        return errors.Any
            ? null
            : new GatewayFeedback(
                caller, payment!, gateway!, IsFinal: isForced || !UnderWay.Contains(status),
                Succeeded: !isForced && Succeeded.Contains(status));
    }

    /// <summary>A key is valid for its own merchant only.</summary>
    private static void ReadMerchant(JsonElement json, MerchantId caller, FieldErrors errors)
    {
        if (Text(json, "merchantId", "", LongestName, errors) is { } merchant && merchant != caller.Value)
        {
            errors.Add("merchantId", "must be the key's own merchant");
        }
    }

    private static ImmutableArray<string> ReadGateways(JsonElement json, FieldErrors errors)
    {
        const string Field = "eligibleGatewayList";
        if (Of(json, Field) is not { ValueKind: JsonValueKind.Array } list
            || list.GetArrayLength() is 0 or > MostGateways)
        {
            errors.Add(Field, $"must be a list of 1 to {MostGateways} gateways");
            return [];
        }

        var names = list.EnumerateArray().Select(ObjectFields.TextOf).ToArray();
        if (names.Any(name => name is not { Length: > 0 } || !TextRule.IsAtMost(name, LongestName))
            || names.Distinct().Count() < names.Length)
        {
            errors.Add(Field, $"must name each gateway once, with 1 to {LongestName} characters");
            return [];
        }

        return [.. names!];
    }

    private static string? Text(JsonElement json, string name, string path, int longest, FieldErrors errors)
    {
        var text = Of(json, name) is { } value ? ObjectFields.TextOf(value) : null;
        if (text is not { Length: > 0 } || !TextRule.IsAtMost(text, longest))
        {
            errors.Add(path + name, $"must be text of 1 to {longest} characters");
            return null;
        }

        return text;
    }

    private static JsonElement? Of(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;
}
