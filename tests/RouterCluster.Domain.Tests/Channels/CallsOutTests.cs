using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

public sealed class CallsOutTests
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly CallsOut _calls = new();

    [Fact]
    public void They_have_ended_when_the_last_one_has()
    {
        Assert.True(_calls.HaveEnded(At(0)));
        _calls.Begin();
        _calls.Begin();
        _calls.End(TimeSpan.Zero, At(1));
        Assert.False(_calls.HaveEnded(At(100)));
        _calls.End(TimeSpan.Zero, At(100));
        Assert.True(_calls.HaveEnded(At(100)));
    }

    [Fact]
    public void A_call_that_was_given_up_counts_for_as_long_as_the_company_may_count_it()
    {
        _calls.Begin();
        _calls.Begin();
        _calls.End(Linger, At(5));
        _calls.End(TimeSpan.Zero, At(5.5));
        Assert.False(_calls.HaveEnded(At(5.999)));
        Assert.True(_calls.HaveEnded(At(6)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
