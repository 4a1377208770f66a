using RouterCluster.Cluster.Tests.Crashes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Storage;

/// <summary>
/// A book that waited too long for its row gives up and comes back from the journal, while the row may still be on its
/// way: until that is decided, nobody may say that the payment does not exist.
/// </summary>
public sealed class When_a_row_becomes_durable_late(ITestOutputHelper output)
{
    private const string OrderNo = "LATE-1";

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Its_payment_is_never_denied_and_ends_in_truth()
    {
        await using var scene = await CrashScene.StartAsync(output, plan => plan.Set("router.book.write-watchdog = 1s"));
        var load = scene.StartLoad();
        await load.GrowsByAsync(5);
        var statement = await load.StopAsync();
        statement.Asked(OrderNo);
        var meanwhile = new List<int>();
        await using (await FileLock.TakeAsync(Path.Combine(scene.Node.Data, "books.db")))
        {
            var pause = Task.Delay(Stall);
            statement.Told(OrderNo, await scene.Node.Shop.PayAsync(OrderNo));
            while (!pause.IsCompleted)
            {
                meanwhile.Add((await scene.Node.Shop.FindAsync(OrderNo)).Status);
                await Task.Delay(200);
            }
        }

        Assert.True(statement.IsUnclear(OrderNo));
        Assert.All(meanwhile, status => Assert.Equal(503, status));
        statement.Told(OrderNo, await scene.AskUntilAnsweredAsync(OrderNo));
        await scene.EndsInTruthAsync(statement);
    }
}
