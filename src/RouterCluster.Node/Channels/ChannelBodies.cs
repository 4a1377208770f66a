using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Channels;

internal static class ChannelBodies
{
    public static readonly RequestBody ChannelChange = new(
        "ChannelChangeRequest",
        Shapes.Object("Why the channel is changed.", [], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull() }),
        RequestBody.Parse("""{ "reason": "the bank has announced maintenance" }"""));

    public static readonly RequestBody TimedChannelChange = new(
        "TimedChannelChangeRequest",
        Shapes.Object("Why the channel is changed, and for how long.", [], new()
        {
            ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull(),
            ["for"] = For(),
        }),
        RequestBody.Parse("""{ "reason": "the bank has announced maintenance", "for": "2h" }"""));

    public static readonly RequestBody Exclusion = new(
        "ExclusionRequest",
        Shapes.Object(
            "Which payments the channel gets no more: those that have all of what is given, which is one property at least.",
            ["reason"],
            new()
            {
                ["bank"] = Shapes.Text(ExclusionReader.Bank, "As payments name it.").OrNull(),
                ["product"] = Shapes.Text(ExclusionReader.Product).OrNull(),
                ["merchant"] = Shapes.Text(TextRule.Id).OrNull(),
                ["min_amount"] = Shapes.Whole(1, ExclusionReader.MostAmount, "Minor units of whichever currency.").OrNull(),
                ["max_amount"] = Shapes.Whole(1, ExclusionReader.MostAmount, "Minor units, at least min_amount.").OrNull(),
                ["reason"] = Shapes.Text(ChannelChangeReader.Reason),
                ["for"] = For(),
            }).Some(isNullAValue: false, "bank", "product", "merchant", "min_amount", "max_amount"),
        RequestBody.Parse(
            """{ "bank": "ICBC", "product": "payout", "reason": "ICBC answers nothing there, ticket 4711", "for": "2h" }"""));

    public static readonly RequestBody Inclusion = new(
        "InclusionRequest",
        Shapes.Object("Why it is taken back.", [], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull() }),
        RequestBody.Parse("""{ "reason": "ICBC is well again" }"""))
    {
        IsRequired = false,
    };

    public static readonly RequestBody ChannelPatch = new(
        "ChannelPatchRequest",
        Shapes.Object("The settings to change: at least one. Null takes an operator's value back.", [], new()
        {
            ["submit"] = Lane("Budget and rate of the calls that send orders.").OrNull(),
            ["query"] = Lane("Budget and rate of the calls that ask about orders.").OrNull(),
            ["weight"] = Shapes.Positive(ChannelChangeReader.MostWeight).OrNull(),
            ["isolated"] = Shapes.Flag("true: no order leaves; what was sent is asked about as before.").OrNull(),
            ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull(),
            ["for"] = For(),
        }).Some(isNullAValue: true, "submit", "query", "weight", "isolated"),
        RequestBody.Parse(
            """{ "submit": { "concurrency": 8, "rate_per_second": 50 }, "weight": 1.5, "reason": "a smaller contract" }"""));

    private static OpenApiSchema For() => Shapes.Text(
        ChannelChangeReader.For, "A duration, with s, m, h or d. After it what was set ends, and what stood before comes back.")
        .OrNull();

    private static OpenApiSchema Lane(string says) => Shapes.Object(says, [], new()
    {
        ["concurrency"] = Shapes.Whole(1, ChannelChangeReader.MostConcurrency).OrNull(),
        ["rate_per_second"] = Shapes.Positive(ChannelChangeReader.MostRate).OrNull(),
    });
}
