using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Routing;

[Collection(PostgresCollection.Name)]
public sealed class When_a_part_of_a_channel_is_switched_off(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Lasts = 90;

    /// <summary>2 s are wanted, and are in the output; the machine may be busy with others.</summary>
    private static readonly TimeSpan RoutersKnow = TimeSpan.FromSeconds(15);

    private readonly BankPayments _payments = new(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task Every_node_soon_leaves_it_out_also_after_its_owner_was_killed_until_its_time_is_over()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("excluded_part");
        await using var psp = await Psp.StartAsync("alpha");
        await using var nodes = new NodeGroup(3, () => NodePlan.WithChannels(psp, "alpha").OnPostgres(storage));
        foreach (var node in nodes.Nodes)
        {
            node.Launch();
        }

        await _payments.TakesAsync("CCB", nodes.Nodes);
        var watch = Stopwatch.StartNew();
        await nodes[0].OperateAsync(
            HttpMethod.Post, "channels/alpha/exclusions", new { bank = "CCB", reason = "it hangs", @for = $"{Lasts}s" });
        var answered = watch.Elapsed;
        await Until.TrueAsync(
            () => _payments.RefuseAsync("CCB", nodes.Nodes), RoutersKnow, "every router leaves the channel out");
        output.WriteLine($"answered after {answered.TotalMilliseconds:0} ms, known by every router "
            + $"{(watch.Elapsed - answered).TotalMilliseconds:0} ms later");
        await psp.ForgetCallsAsync("alpha");
        await _payments.TakesAsync("ICBC", nodes.Nodes);
        var others = await _payments.StayRefusedAsync("CCB", nodes.Nodes);

        var owner = await BankPayments.OwnerAsync(nodes.Nodes);
        await owner.KillAsync();
        Node[] left = [.. nodes.Nodes.Where(node => node != owner)];
        await _payments.TakesAsync("ICBC", left);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(Lasts - 5), $"The machine took {watch.Elapsed.TotalSeconds:0} s.");
        others = [.. others, .. await _payments.StayRefusedAsync("CCB", left)];
        output.WriteLine($"not refused, and not sent: {string.Join(", ", others)}");

        await _payments.TakesAsync("CCB", left);
        output.WriteLine($"taken again {watch.Elapsed.TotalSeconds:0.0} s after it was excluded for {Lasts} s");
        Assert.InRange(watch.Elapsed.TotalSeconds, Lasts - 1, Lasts + 30);
    }
}
