namespace RouterCluster.Tidy.Tests.Layout;

/// <summary>Arrows between folders that are still part of a circle. The list only shrinks.</summary>
public static class KnownCircles
{
    public static readonly string[] Arrows =
    [
        "Node: Cases → Channels",
        "Node: Cases → Health",
        "Node: Cases → Payments",
        "Node: Channels → Payments",
        "Node: Descriptions → Cases",
        "Node: Descriptions → Channels",
        "Node: Descriptions → Gateways",
        "Node: Descriptions → Payments",
        "Node: Descriptions → Routing",
        "Node: Descriptions → Settings",
        "Node: Gateways → Descriptions",
        "Node: Gateways → Merchants",
        "Node: Health → Cases",
        "Node: Health → Channels",
        "Node: Health → Descriptions",
        "Node: Health → Notices",
        "Node: Health → Routing",
        "Node: Merchants → Payments",
        "Node: Notices → Channels",
        "Node: Notices → Descriptions",
        "Node: Notices → Merchants",
        "Node: Notices → Payments",
        "Node: Payments → Cases",
        "Node: Payments → Channels",
        "Node: Payments → Descriptions",
        "Node: Payments → Merchants",
        "Node: Payments → Routing",
        "Node: Payments → Webhooks",
        "Node: Routing → Cases",
        "Node: Routing → Channels",
        "Node: Routing → Merchants",
        "Node: Routing → Payments",
        "Node: Settings → Cases",
        "Node: Settings → Channels",
        "Node: Settings → Gateways",
        "Node: Settings → Merchants",
        "Node: Settings → Payments",
        "Node: Settings → Routing",
        "Node: Settings → Webhooks",
        "Node: Webhooks → Cases",
        "Node: Webhooks → Channels",
        "Node: Webhooks → Descriptions",
        "Node: Webhooks → Merchants",
        "Node: Webhooks → Payments",
        "Simulator: Behaviour → Channels",
        "Simulator: Channels → Behaviour",
        "Simulator: Channels → Control",
        "Simulator: Control → Behaviour",
        "Simulator: Control → Channels",
    ];

    public static IEnumerable<string> Compare(IReadOnlyCollection<string> found) =>
        found.Except(Arrows).Select(arrow => $"{arrow} closes a circle")
            .Concat(Arrows.Except(found).Select(arrow => $"{arrow} is in no circle any longer, take it off the list"));
}
