using System.Globalization;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

[Collection(SimulationCollection.Name)]
public sealed class SpeedTests(Summary summary)
{
    private const int Lives = 400;

    // A quarter of what a quiet machine does: less means that something is wrong with the code, not with the day.
    private const int AtLeast = 5_000;

    [Fact]
    public void Thousands_of_payments_live_in_each_second_of_a_core()
    {
        Measure(50);
        var perSecond = Measure(Lives);
        summary.Note(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} payments per second of one core"));
        Assert.True(perSecond >= AtLeast, $"{perSecond} payments per second of one core");
    }

    private static double Measure(int lives)
    {
        var before = Environment.CpuUsage.TotalTime;
        var payments = 0L;
        for (var seed = 1; seed <= lives; seed++)
        {
            payments += Life.Run(Scenario.Of(seed)).Payments;
        }

        return payments / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
