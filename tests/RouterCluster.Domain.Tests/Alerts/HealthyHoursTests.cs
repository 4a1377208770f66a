using System.Globalization;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using Xunit.Abstractions;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>
/// Hours of traffic that is well and not quiet: ten times as much at noon as at night, customers' declines, refusals, single
/// timeouts, channels from one payment a minute to twenty a second, all of it by chance. What it raised is written to
/// <c>TestResults/healthy.txt</c>, where run.sh shows it.
/// </summary>
public sealed class HealthyHoursTests(ITestOutputHelper output)
{
    private const string SeedVariable = "ROUTERCLUSTER_SEED";
    private const int Hours = 100;

    /// <summary>The second question about an attempt that timed out is answered.</summary>
    private static readonly TimeSpan AnsweredAfter = TimeSpan.FromSeconds(3);

    /// <summary>Payments a second at noon.</summary>
    private static readonly (ChannelId Channel, double Rate)[] Channels =
    [
        (new ChannelId("alpha"), 20), (new ChannelId("bravo"), 2), (new ChannelId("charlie"), 0.2),
        (new ChannelId("delta"), 1 / 60.0),
    ];

    private static readonly (OutcomeClass Class, string Code, double Share)[] Ends =
    [
        (OutcomeClass.CustomerFunds, "51", 0.08), (OutcomeClass.CustomerCard, "54", 0.02),
        (OutcomeClass.IssuerDeclined, "60", 0.01), (OutcomeClass.ChannelLimit, "33", 0.008),
        (OutcomeClass.Unknown, "timeout", 0.001),
    ];

    [Fact]
    public void Healthy_and_noisy_hours_raise_nothing()
    {
        var raised = Seeds().AsParallel().WithDegreeOfParallelism(2).Select(seed => (Seed: seed, Alerts: Raised(seed))).ToList();
        raised.ForEach(run => output.WriteLine($"{SeedVariable}={run.Seed}: {run.Alerts.Count} alerts"));

        Results.Write("healthy.txt", AlertRules.All.Where(rule => rule.Severity() == AlertSeverity.Watch).Select(rule =>
            $"alerts: {rule.Name(),-18} {raised.Sum(run => run.Alerts.Count(one => one.Rule == rule))} "
            + $"in {raised.Count} times {Hours} healthy hours"));
        Assert.Empty(raised.SelectMany(run => run.Alerts.Select(one => $"seed {run.Seed}, {one.Text}")));
    }

    /// <summary>One that is always the same and fresh ones; to see one run again, its seed is given in the variable.</summary>
    private static IReadOnlyList<int> Seeds()
    {
        const int Always = 1;
        const int FreshOfLongRun = 20;
        if (int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given))
        {
            return [given];
        }

        var fresh = Environment.GetEnvironmentVariable("ROUTERCLUSTER_LONG") == "1" ? FreshOfLongRun : 1;
        return [Always, .. Enumerable.Range(0, fresh).Select(_ => Random.Shared.Next())];
    }

    private static List<(AlertRule Rule, string Text)> Raised(int seed)
    {
        var scene = new AlertScene(seed, [.. Channels.Select(one => one.Channel)]);
        scene.Knows(Product.Withhold, since => Channels.Sum(one => one.Rate) * ShareAt(since));
        var raised = new List<(AlertRule, string)>();
        var unknown = new Dictionary<ChannelId, TimeSpan>();
        for (var second = 0; second < Hours * 3600; second++)
        {
            var share = ShareAt(scene.Now);
            foreach (var (channel, rate) in Channels)
            {
                if (Attempts(scene, channel, rate * share).Contains(OutcomeClass.Unknown))
                {
                    unknown[channel] = scene.Now;
                }

                if (unknown.TryGetValue(channel, out var since))
                {
                    ShowUnknown(scene, channel, scene.Now - since);
                }
            }

            raised.AddRange(scene.Look(TimeSpan.FromSeconds(1)).Where(one => one.Kind == AlertChangeKind.Raised).Select(one => (
                one.Alert.Rule,
                $"hour {second / 3600.0:F2}: {one.Alert.Rule.Name()} of {one.Alert.Subject}: {one.Alert.Message}")));
        }

        return raised;
    }

    /// <summary>Of noon's rate: 0.1 at midnight.</summary>
    private static double ShareAt(TimeSpan since) => Math.Pow(10, (-Math.Cos(since.TotalDays * 2 * Math.PI) - 1) / 2);

    private static List<OutcomeClass> Attempts(AlertScene scene, ChannelId channel, double mean)
    {
        var classes = new List<OutcomeClass>();
        var all = scene.Poisson(mean);
        scene.Takes(Product.Withhold, payments: all);
        for (var attempt = 0; attempt < all; attempt++)
        {
            var draw = scene.Draw();
            var (@class, code, _) = Ends.FirstOrDefault(end => (draw -= end.Share) < 0, (OutcomeClass.Success, "00", 1));
            scene.Ends(channel, @class, code);
            classes.Add(@class);
        }

        return classes;
    }

    private static void ShowUnknown(AlertScene scene, ChannelId channel, TimeSpan age)
    {
        var isOver = age > AnsweredAfter;
        scene.Figures = scene.Figures with
        {
            Channels =
            [
                .. scene.Figures.Channels.Select(one => one.Channel != channel ? one : one with
                {
                    Unknown = isOver ? default : new UnknownFigures(1, 5000, age),
                    Silence = isOver ? default : new SilenceFigures(2, age),
                }),
            ],
        };
    }
}
