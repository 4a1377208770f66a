namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Calls in flight as the company sees them never exceed the budget, over all owners.</summary>
/// <remarks>Law 6.4.</remarks>
internal static class S5Budget
{
    public static void CallArrives(LaneFacts facts, TimeSpan now)
    {
        facts.InFlight++;
        if (facts.InFlight > facts.Settings.Concurrency && facts.InFlight > OldBudget(facts, now))
        {
            throw new InvariantViolation(
                "S5", null,
                $"budget: {facts.Name} has {facts.InFlight} calls in flight, and a budget of {facts.Settings.Concurrency}");
        }
    }

    /// <summary>Calls that run when an operator lowers the budget finish.</summary>
    public static void Changes(LaneFacts facts, int budget, TimeSpan now)
    {
        if (budget < facts.Settings.Concurrency)
        {
            var longest = facts.Settings.Timeout + facts.Settings.Linger;
            facts.OldBudgets.Add((facts.Settings.Concurrency, now + longest));
        }
    }

    private static int OldBudget(LaneFacts facts, TimeSpan now)
    {
        facts.OldBudgets.RemoveAll(old => old.Until < now);
        return facts.OldBudgets.Count == 0 ? 0 : facts.OldBudgets.Max(old => old.Budget);
    }
}
