using CsCheck;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LaneRandomRunTests
{
    private const int Runs = 3000;

    [Fact]
    public void No_run_breaks_the_budget_the_queue_or_the_breaker_and_every_call_ends_once() =>
        LaneOperation.Runs.Sample(operations => Run(operations).Drain(), iter: Runs);

    [Fact]
    public void In_no_window_do_more_calls_start_than_the_rate_and_one_burst() =>
        LaneOperation.Runs.Sample(
            operations =>
            {
                var witness = Run(operations);
                var starts = witness.Starts;
                for (var from = 0; from < starts.Count; from++)
                {
                    for (var to = from; to < starts.Count; to++)
                    {
                        var allowed = (witness.HighestRate * (starts[to] - starts[from]).TotalSeconds) + witness.HighestBurst;
                        Assert.True(to - from + 1 <= allowed + 1e-6, $"{to - from + 1} calls where {allowed} are allowed");
                    }

                    Assert.True(from + 1 <= (witness.HighestRate * starts[from].TotalSeconds) + 1e-6, "It did not start empty.");
                }
            },
            iter: Runs);

    [Fact]
    public void The_same_inputs_give_the_same_outputs() =>
        LaneOperation.Runs.Sample(operations => Assert.Equal(Run(operations).Trace, Run(operations).Trace), iter: Runs / 10);

    private static LaneWitness Run(LaneOperation[] operations)
    {
        var witness = new LaneWitness();
        foreach (var operation in operations)
        {
            witness.Do(operation);
        }

        return witness;
    }
}
