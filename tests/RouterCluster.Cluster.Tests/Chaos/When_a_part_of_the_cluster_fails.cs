using System.Diagnostics;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>Judged by the simulator's books, and by the calls that it saw at once.</summary>
[Collection(ThreeNodesCollection.Name)]
public sealed class When_a_part_of_the_cluster_fails(ThreeNodes scene, ITestOutputHelper output)
{
    private static readonly int PerSecond = LongRun.Or(full: 40, normal: 25);

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(120);

    /// <summary>For hopeless cases; the figures are in the output.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(240);

    private static readonly Fault[] Faults = [.. ProcessFaults.All, .. NetworkFaults.All, .. StorageFaults.All];

    public static TheoryData<string> Names => new(
        Faults.Where(fault => LongRun.IsWanted || !fault.IsForLongRuns).Select(fault => fault.Name));

    [ThreeMachinesTheory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_or_paid_twice_no_budget_is_exceeded_and_all_channels_serve_again(string name)
    {
        var fault = Faults.Single(fault => fault.Name == name);
        try
        {
            await scene.ServesAsync();
            var enough = new TaskCompletionSource();
            var paying = scene.Balancer.PayAsync($"{Array.IndexOf(Faults, fault)}", PerSecond, scene.Statement, enough.Task);
            await Task.Delay(Before);
            var (at, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
            var undo = await fault.MakeAsync(scene);
            await Task.Delay(fault.Lasts);
            await undo();
            await scene.ServesAsync();
            var whole = watch.Elapsed;
            await Task.Delay(After);
            enough.SetResult();
            var attendance = await paying.WaitAsync(AnswerLimit);

            var verdict = await scene.JudgeAsync();
            var silence = await scene.SilenceAsync(at);
            output.WriteLine(
                $"{name}: no channel is silent after {silence.TotalSeconds:0.0} s, three nodes serve after "
                + $"{whole.TotalSeconds:0.0} s; {attendance.Late} of {attendance.All} payments without an end in 2 s");
            output.WriteLine($"all so far: {verdict}");
            Assert.True(silence < SilenceLimit, $"a channel is silent until {silence} after the fault");
        }
        catch
        {
            scene.WriteLog(output);
            throw;
        }
    }
}
