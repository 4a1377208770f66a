using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class CommitTimesTests
{
    private readonly CommitTimes _times = new();

    [Fact]
    public void One_slow_commit_is_an_accident_and_two_are_not()
    {
        Add(0.002, 0.003, 5);
        Assert.Equal(3, _times.NextP99()!.Value.TotalMilliseconds);
        Add(2);
        Assert.Equal(2, _times.NextP99()!.Value.TotalSeconds);
    }

    [Fact]
    public void Of_many_commits_one_in_a_hundred_may_be_slow()
    {
        Add([.. Enumerable.Repeat(0.001, 590), .. Enumerable.Repeat(1.0, 5)]);
        Assert.Equal(1, _times.NextP99()!.Value.TotalMilliseconds);
        Add(1, 1, 1, 1, 1);
        Assert.Equal(1, _times.NextP99()!.Value.TotalSeconds);
    }

    [Fact]
    public void Old_commits_are_forgotten()
    {
        Add(1, 1, 1);
        for (var reading = 0; reading < 20; reading++)
        {
            Assert.NotNull(_times.NextP99());
        }

        Assert.Null(_times.NextP99());
    }

    private void Add(params double[] seconds)
    {
        foreach (var one in seconds)
        {
            _times.Add(one);
        }
    }
}
