namespace RouterCluster.Simulation.Tests.Law;

/// <summary>Why a router says that a channel is no candidate.</summary>
internal enum Why
{
    NeverTakesIt,
    Tried,
    Disabled,

    /// <summary>An operator keeps such payments away from it.</summary>
    ExcludedByOperator,

    BreakerOpen,

    /// <summary>Its load, its probes, what it refuses at the moment: the contract leaves it to the router.</summary>
    NotNow,
}

/// <param name="IsTrue">Whether the router may still believe it, where it is something that can be seen from outside.</param>
internal readonly record struct Exclusion(string Channel, Why Why, bool IsTrue);

/// <summary>Chapter 4 and 7: what a router may answer.</summary>
internal sealed class Routing(Rules rules, Coverage coverage)
{
    /// <param name="chosen">Null: none.</param>
    /// <param name="isForEver">It is said that no channel could ever take it, or that all that could were tried.</param>
    public void Routed(
        Order order, IReadOnlyCollection<string> tried, string? chosen, bool isForEver, IReadOnlyList<Exclusion> excluded)
    {
        var able = rules.Channels.FirstOrDefault(terms => terms.Take(order) && !tried.Contains(terms.Channel));
        if (chosen is null && isForEver != able is null)
        {
            throw new LawBroken(
                Clause.NoRouteIsTrue, null,
                $"{order}, tried at {string.Join(' ', tried)}: none for ever is {isForEver}, and {able?.Channel} takes it");
        }

        foreach (var exclusion in excluded)
        {
            coverage.Met(exclusion.Why == Why.ExcludedByOperator ? Situation.PartLeftOut : Situation.ChannelLeftOut);
            if (!IsTrue(exclusion, order, tried) || exclusion.Channel == chosen)
            {
                throw new LawBroken(
                    Clause.ExclusionsAreTrue, null,
                    $"{exclusion.Channel} is left out of {order} as {exclusion.Why}, and is not");
            }
        }
    }

    private bool IsTrue(Exclusion exclusion, Order order, IReadOnlyCollection<string> tried) => exclusion.Why switch
    {
        Why.NeverTakesIt => !rules.Terms(exclusion.Channel).Take(order),
        Why.Tried => tried.Contains(exclusion.Channel),
        _ => exclusion.IsTrue,
    };
}
