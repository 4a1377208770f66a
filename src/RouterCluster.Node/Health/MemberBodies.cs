using System.Text.Json;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal static class MemberBodies
{
    private static readonly string[] Names = ["reason"];
    private static readonly string[] DownNames = ["reason", "force"];

    public static readonly TextRule Address = TextRule.Free(255);

    public static readonly RequestBody Change = new(
        "MemberChangeRequest",
        Shapes.Object("Why the node is changed.", [], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull() }),
        RequestBody.Parse("""{ "reason": "the machine is replaced" }"""));

    public static readonly RequestBody Down = new(
        "MemberDownRequest",
        Shapes.Object("Why the node is downed.", [], new()
        {
            ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull(),
            ["force"] = Shapes.Flag("true: also a node that answers.").OrNull(),
        }),
        RequestBody.Parse("""{ "reason": "the machine has lost its power", "force": false }"""));

    public static MemberChange Read(JsonElement json, MemberMove move, string by, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", move == MemberMove.Down ? DownNames : Names, errors);
        return new MemberChange(
            move, by, fields.Text("reason", ChannelChangeReader.Reason, isRequired: false) ?? "",
            move == MemberMove.Down && fields.Flag("force") == true);
    }
}
