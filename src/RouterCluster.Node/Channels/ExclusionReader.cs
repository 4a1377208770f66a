using System.Text.Json;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Channels;

/// <summary>Reads which payments an operator keeps away from a channel: at least one of their properties is given.</summary>
internal static class ExclusionReader
{
    public const long MostAmount = 10_000_000_000_000;

    public static readonly TextRule Bank = TextRule.Slug("letters, digits, - and _");

    private static readonly string[] Names = ["bank", "product", "merchant", "min_amount", "max_amount", "reason", "for"];
    private static readonly string[] ReasonNames = ["reason"];

    public static readonly TextRule Product = TextRule.OneOf([.. ProductNames.All]);

    public static ChannelChange? Read(JsonElement json, string by, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", Names, errors);
        var scope = new ExclusionScope(
            fields.Text("bank", Bank, isRequired: false),
            ProductNames.Parse(fields.Text("product", Product, isRequired: false)),
            fields.Text("merchant", TextRule.Id, isRequired: false) is { } merchant ? MerchantId.Unchecked(merchant) : null,
            fields.Whole("min_amount", 1, MostAmount, isRequired: false),
            fields.Whole("max_amount", 1, MostAmount, isRequired: false));
        var reason = fields.Text("reason", ChannelChangeReader.Reason, isRequired: true);
        var time = ChannelChangeReader.ReadFor(fields);
        if (scope.From > scope.To)
        {
            errors.Add("max_amount", "must not be below min_amount");
        }

        if (!errors.Any && scope == new ExclusionScope(null, null, null, null, null))
        {
            errors.Add(
                "body", "must name a bank, product, merchant, min_amount or max_amount; to exclude all, disable the channel");
        }

        return new ChannelChange(by, reason ?? "") { Exclude = scope, For = time };
    }

    public static ChannelChange? ReadInclusion(JsonElement json, (string By, int No) asked, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", ReasonNames, errors);
        var reason = fields.Text("reason", ChannelChangeReader.Reason, isRequired: false);
        return new ChannelChange(asked.By, reason ?? "") { Include = asked.No };
    }
}
