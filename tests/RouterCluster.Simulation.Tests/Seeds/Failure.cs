using RouterCluster.Domain.Payments;
using RouterCluster.Simulation.Tests.Invariants;
using RouterCluster.Simulation.Tests.Law;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

/// <summary>A life that ended in a violation, or in an exception of the code under test.</summary>
/// <param name="Invariant">Its number; for an exception the exception's name.</param>
internal sealed record Failure(Scenario Scenario, string Invariant, PaymentId? Payment, string Message)
{
    /// <summary>Null: all went well.</summary>
    public static Failure? Of(Scenario scenario, Action<LifeReport>? whenWell = null)
    {
        try
        {
            var report = Life.Run(scenario);
            whenWell?.Invoke(report);
            return null;
        }
        catch (InvariantViolation violation)
        {
            return new Failure(scenario, violation.Invariant, violation.Payment, violation.Message);
        }
        catch (LawBroken broken)
        {
            return new Failure(scenario, broken.Law, PaymentId.Parse(broken.Payment), broken.Message);
        }
        catch (Exception broken)
        {
            return new Failure(scenario, broken.GetType().Name, PaymentIn(broken.Message), broken.ToString());
        }
    }

    /// <summary>What happened, how to see it again, and its shortest story.</summary>
    public string Describe()
    {
        var least = Shrinking.Shrink(this);
        var settings = new LifeSettings(least.Scenario);
        var kinds = string.Join(", ", settings.Kinds.Order());
        var payments = $"{settings.Payments - least.Scenario.Dropped.Count} of {settings.Payments} payments";
        return $"""

            seed {Scenario.Seed}: {Message}
            see it again: {Replay(Scenario.Seed)}
            shrunk to {payments}, and these faults: {(kinds.Length == 0 ? "none" : kinds)}
            {string.Join(Environment.NewLine, Life.Tell(least.Scenario, least.Payment))}

            """;
    }

    private static PaymentId? PaymentIn(string message) =>
        message.Split(' ', ':', ',').Select(PaymentId.Parse).FirstOrDefault(id => id is not null);

    public static string Replay(long seed) =>
        $"{Runs.SeedVariable}={seed} dotnet test tests/RouterCluster.Simulation.Tests -c Release --filter {nameof(LifeTests)}";
}
