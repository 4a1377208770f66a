using Microsoft.Data.Sqlite;
using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Storage;

/// <summary>As after a restored backup of the journal alone.</summary>
public sealed class When_the_read_model_is_newer_than_the_journal
{
    [Fact]
    public async Task Nothing_is_accepted_and_each_book_says_so_once()
    {
        await using var psp = await Psp.StartAsync("alpha");
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha").Set("router.books = 2"));
        await node.StartAsync();
        await node.Shop.PayAsync("BEFORE-1");
        await node.KillAsync();
        var file = Path.Combine(node.Data, "readmodel.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "insert into book_offsets (book, sequence) values (0, 1000), (1, 1000) "
                + "on conflict (book) do update set sequence = 1000";
            await command.ExecuteNonQueryAsync();
        }

        for (var start = 1; start <= 2; start++)
        {
            node.Launch();
            await Until.TrueAsync(
                async () => (await node.ProblemAsync("books_and_channels"))?.Contains("belong", StringComparison.Ordinal) == true,
                TimeSpan.FromSeconds(60), "readiness says what is wrong");
            await Task.Delay(TimeSpan.FromSeconds(3));

            var reply = await node.Shop.PayAsync($"AFTER-{start}");

            Assert.Equal((409, "in_progress"), (reply.Status, reply.Code));
            Assert.False(await node.IsReadyAsync());
            Assert.Equal(2, node.Process.Lines.Count(line => line.Contains("do not belong together", StringComparison.Ordinal)));
            Assert.InRange(node.Process.Lines.Count, 1, 30);
            await node.KillAsync();
        }

        Assert.Single((await psp.LogAsync("alpha")).Calls, call => call.IsSubmit);
    }
}
