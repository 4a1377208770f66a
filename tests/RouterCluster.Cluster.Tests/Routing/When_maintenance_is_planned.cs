using System.Diagnostics;
using System.Globalization;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Routing;

[Collection(PostgresCollection.Name)]
public sealed class When_maintenance_is_planned(PostgresFixture postgres, ITestOutputHelper output)
{
    /// <summary>2 s are wanted, and are in the output; the machine may be busy with others.</summary>
    private static readonly TimeSpan RoutersKnow = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BankPayments _payments = new(TimeSpan.FromSeconds(240));

    [Fact]
    public async Task Every_node_soon_keeps_the_bank_away_also_after_its_owner_was_killed_until_the_end()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("planned_maintenance");
        await using var psp = await Psp.StartAsync("alpha");
        await using var nodes = new NodeGroup(3, () => NodePlan.WithChannels(psp, "alpha").OnPostgres(storage));
        foreach (var node in nodes.Nodes)
        {
            node.Launch();
        }

        await _payments.TakesAsync("CCB", nodes.Nodes);
        var end = Minute(DateTimeOffset.UtcNow.AddMinutes(3));
        var watch = Stopwatch.StartNew();
        await nodes[0].OperateAsync(HttpMethod.Post, "maintenance", new
        {
            channel = "alpha", bank = "CCB", from = Local(end.AddMinutes(-10)), until = Local(end), time_zone = "UTC",
            reason = "books",
        });
        var answered = watch.Elapsed;
        await Until.TrueAsync(() => _payments.RefuseAsync("CCB", nodes.Nodes), RoutersKnow, "every router keeps the bank away");
        output.WriteLine($"answered after {answered.TotalMilliseconds:0} ms, known by every router "
            + $"{(watch.Elapsed - answered).TotalMilliseconds:0} ms later");
        Assert.All(
            await DowntimesAsync(nodes.Nodes), text => Assert.Contains("\"bank\":\"CCB\"", text, StringComparison.Ordinal));
        await _payments.TakesAsync("ICBC", nodes.Nodes);
        var others = await _payments.StayRefusedAsync("CCB", nodes.Nodes);

        var owner = await BankPayments.OwnerAsync(nodes.Nodes);
        await owner.KillAsync();
        Node[] left = [.. nodes.Nodes.Where(node => node != owner)];
        await _payments.TakesAsync("ICBC", left);
        Assert.True(DateTimeOffset.UtcNow < end.AddSeconds(-5), $"The machine took {watch.Elapsed.TotalSeconds:0} s.");
        others = [.. others, .. await _payments.StayRefusedAsync("CCB", left)];
        output.WriteLine($"not refused, and not sent: {string.Join(", ", others)}");

        await _payments.TakesAsync("CCB", left);
        output.WriteLine($"taken again {(DateTimeOffset.UtcNow - end).TotalSeconds:0.0} s after its end");
        Assert.InRange((DateTimeOffset.UtcNow - end).TotalSeconds, -1, 30);
        await Until.TrueAsync(
            async () => (await DowntimesAsync(left)).All(text => text.Contains("\"items\":[]", StringComparison.Ordinal)),
            Patience, "no downtime is told any more");
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private static string Local(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private static async Task<string[]> DowntimesAsync(IReadOnlyCollection<Node> nodes) =>
        await Task.WhenAll(nodes.Select(node => node.Shop.DowntimesAsync()));
}
