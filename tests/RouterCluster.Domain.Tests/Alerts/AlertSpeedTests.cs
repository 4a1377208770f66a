using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>
/// How long each rule takes from a fault until people are told, in virtual time, over 20 seeds; written to
/// <c>TestResults/alerts.txt</c>, where run.sh shows it.
/// </summary>
public sealed class AlertSpeedTests
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private const int Seeds = 20;
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);
    private static readonly TimeSpan SettlingStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);

    [Fact]
    public void Each_rule_tells_of_its_planted_fault_and_of_nothing_else()
    {
        var rows = PlantedFault.All.Select(fault => (Fault: fault, Seconds: SortedSeconds(fault))).ToList();

        Results.Write("alerts.txt", rows.Select(row => Line(row.Fault, row.Seconds)));

        Assert.All(rows, row => Assert.InRange(row.Seconds[^1], 0, row.Fault.MostSeconds ?? Patience.TotalSeconds));
        Assert.Equal(AlertRules.All.Order(), rows.Select(row => row.Fault.Rule).Distinct().Order());
    }

    private static List<double> SortedSeconds(PlantedFault fault) =>
        [.. Enumerable.Range(1, Seeds).Select(seed => SecondsUntilTold(fault, seed)).Order()];

    private static string Line(PlantedFault fault, List<double> seconds) => FormattableString.Invariant(
        $"alerts: {fault.Rule.Name(),-18} {fault.Name,-36} told after {Median(seconds):0.0} s (worst {seconds[^1]:0.0} s)");

    private static double Median(List<double> sorted) => (sorted[(Seeds - 1) / 2] + sorted[Seeds / 2]) / 2;

    private static double SecondsUntilTold(PlantedFault fault, int seed)
    {
        var scene = new AlertScene(seed, AlertScene.Alpha, AlertScene.Bravo);
        scene.Knows(Product.Withhold, _ => PlantedFault.Busy);
        var announcements = new AlertAnnouncements();
        for (var passed = TimeSpan.Zero; passed < Settling; passed += SettlingStep)
        {
            fault.Healthy(scene, SettlingStep);
            Assert.Empty(scene.Look(SettlingStep));
        }

        // Looks and faults do not keep step.
        var phase = LookEvery * new Random(seed).NextDouble();
        for (var since = phase; since < Patience; since += LookEvery)
        {
            fault.Step(scene, since);
            var changes = scene.Look(LookEvery);
            var told = announcements.Look(scene.Alerts, changes, scene.At);
            Assert.All(scene.Alerts, alert => Assert.True(
                alert.Subject.Channel != AlertScene.Bravo && (alert.Rule == fault.Rule || fault.Also.Contains(alert.Rule)),
                $"{fault.Name}, seed {seed}: {alert.Rule.Name()} of {alert.Subject}"));
            if (told.Any(one => one.Alert.Rule == fault.Rule))
            {
                return since.TotalSeconds;
            }
        }

        throw new InvalidOperationException($"{fault.Name}, seed {seed}: nobody was told within {Patience}");
    }
}
