using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <summary>Which change of a node makes sense.</summary>
internal static class MemberRules
{
    public static readonly Refusal LastNode = new(
        409, "last_node", "No other node of the cluster could take over",
        "Another node has to be up and neither draining nor unreachable.");

    public static readonly Refusal Unreachable = new(
        409, "node_unreachable", "The node does not answer", "What it owns moves when it is downed or ends.");

    public static readonly Refusal Answers = new(
        409, "node_answers", "The node answers", "Drain and stop it. With \"force\": true the cluster downs it nevertheless.");

    public static readonly Refusal Silent = new(
        503, "unavailable", "The node did not answer in time", "Look at the cluster before you ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <param name="isReachable">As the answering node sees it.</param>
    /// <param name="othersTake">Another node is up, reachable and not draining.</param>
    /// <returns>Null: it does.</returns>
    public static Refusal? WhyNot(MemberMove move, bool isForced, bool isReachable, bool othersTake)
    {
        if (move != MemberMove.Rejoin && !othersTake)
        {
            return LastNode;
        }

        return move switch
        {
            MemberMove.Drain or MemberMove.Rejoin => isReachable ? null : Unreachable,
            MemberMove.Down => isReachable && !isForced ? Answers : null,
        };
    }
}
