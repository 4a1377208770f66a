using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Descriptions;

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

    public static readonly RequestBody ChannelPatch = new(
        "ChannelPatchRequest",
        Shapes.Object("The settings to change: at least one. Null takes an operator's value back.", [], new()
        {
            ["submit"] = Lane("Budget and rate of the calls that send orders.").OrNull(),
            ["query"] = Lane("Budget and rate of the calls that ask about orders.").OrNull(),
            ["weight"] = Shapes.Positive(ChannelChangeReader.MostWeight).OrNull(),
            ["isolated"] = Shapes.Flag("true: no call leaves, not even a question.").OrNull(),
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
