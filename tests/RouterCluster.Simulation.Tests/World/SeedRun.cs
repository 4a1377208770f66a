using RouterCluster.Simulation.Tests.Invariants;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One life by its seed, for callers that know only text: a build with a planted bug is another assembly.</summary>
public static class SeedRun
{
    /// <summary>Null: all invariants held. An exception of the code under test is told by its name.</summary>
    public static string? Violation(long seed)
    {
        try
        {
            Life.Run(Scenario.Of(seed));
            return null;
        }
        catch (InvariantViolation violation)
        {
            return violation.Message;
        }
        catch (LawBroken broken)
        {
            return broken.Message;
        }
        catch (Exception broken)
        {
            return $"{broken.GetType().Name}: {broken.Message}";
        }
    }
}
