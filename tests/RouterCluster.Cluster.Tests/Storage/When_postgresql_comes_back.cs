using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class When_postgresql_comes_back(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly int Rounds = LongRun.Or(full: 4, normal: 1);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Every_book_is_back_within_seconds_and_the_log_says_it_once()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("comes_back");
        await using var psp = await Psp.StartAsync("alpha");
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha").OnPostgres(storage));
        await node.StartAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(1, 40).Select(no => node.Shop.PayAsync($"BEFORE-{round}-{no}")));
            var lines = node.Process.Lines.Count;
            await postgres.Server.KillHardAsync();
            await Task.WhenAll(Enumerable.Range(1, 8).Select(no => node.Shop.PayAsync($"DURING-{round}-{no}")));
            await Task.Delay(Outage);
            var problem = await node.ProblemAsync("books_and_channels");
            await postgres.Server.RestartAsync();

            var watch = Stopwatch.StartNew();
            await Until.TrueAsync(node.IsReadyAsync, TimeSpan.FromSeconds(60), "the node is ready again");
            var written = node.Process.Lines.Skip(lines).ToList();
            output.WriteLine($"ready {watch.Elapsed.TotalSeconds:0.0} s after the database, {written.Count} lines; {problem}");
            written.ForEach(line => output.WriteLine(line.Length > 300 ? line[..300] : line));
            Assert.True(watch.Elapsed < Limit, $"ready only after {watch.Elapsed}");
            Assert.Matches("books? .*[0-3].* (does|do) not answer", problem ?? "");
            Assert.True(written.Count < 60, $"{written.Count} lines in one outage");
            Assert.DoesNotContain(written, line => line.Contains("   at Akka", StringComparison.Ordinal));
            Assert.True((await node.Shop.PayAsync($"AFTER-{round}")).IsAcknowledged);
        }
    }
}
