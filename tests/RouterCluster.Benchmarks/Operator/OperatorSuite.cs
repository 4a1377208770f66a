using RouterCluster.Benchmarks.Programs;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// The questions and actions of an operator at three in the morning, each one command, on a node with many stored payments and
/// many channels. Times are printed and not judged: the commands share the machine with the node.
/// </summary>
internal static class OperatorSuite
{
    public static readonly Suite Suite = new(
        "operator", "each question and action of an operator, on many payments and channels", IsDefault: false, RunAsync);

    private const int Rounds = 5;

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(
        options, storage => RunAsync(storage, options.Operator));

    private static async Task RunAsync(StorageUnderTest storage, OperatorOptions options)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var company = await PaymentCompany.StartAsync();
        await OperatorWorld.HangAsync(company);
        var world = new OperatorWorld(
            await storage.NewAsync("operator"), company, Local(), redis.ConnectionString, Local(), options.Channels);
        var stored = await new StorageFill(world, options.Payments).RunAsync();
        var config = Path.Combine(world.Storage.DataDir, "operator.hocon");
        await File.WriteAllTextAsync(config, world.Hocon());
        await using var node = await ProgramUnderTest.StartAsync(
            "Host", new Uri(world.Address, "/health/ready"), "--config", config, "--no-demo");
        using var scene = await DrillScene.SetAsync(world, stored);
        await using var clock = await AnswerClock.StartAsync(world.Address);
        var table = new DrillTable(storage.Name);
        for (var round = 0; round < Rounds; round++)
        {
            await scene.BeginAsync(round);
            foreach (var command in DrillCommands.Questions.Concat(DrillCommands.Actions).Prepend(DrillCommands.Floor))
            {
                var arguments = command.Arguments(scene, round);
                var run = await CommandRun.OfAsync(clock, arguments);
                command.Learn(scene, run.Body);
                table.Add(command, arguments, run);
            }
        }

        table.Print();
        table.Check();
    }

    private static Uri Local() => new($"http://127.0.0.1:{FreePort.Next()}");
}
