using RouterCluster.Domain.Books;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Orders;

public sealed class UntakenReportsTests
{
    private readonly UntakenReports _untaken = new();

    [Fact]
    public void As_many_as_are_kept_are_told_again_and_again()
    {
        for (var number = 1; number <= UntakenReports.Limit; number++)
        {
            _untaken.Keep(Report(number), TimeSpan.Zero);
        }

        for (var time = 1; time <= 2; time++)
        {
            Assert.Equal(UntakenReports.Limit, _untaken.TakeDue(time * UntakenReports.Patience).Count);
        }
    }

    [Fact]
    public void One_beyond_the_limit_is_not_kept()
    {
        for (var number = 1; number <= UntakenReports.Limit + 1; number++)
        {
            _untaken.Keep(Report(number), TimeSpan.Zero);
        }

        Assert.Equal(UntakenReports.Limit, _untaken.TakeDue(UntakenReports.Patience).Count);
    }

    [Fact]
    public void One_that_was_taken_makes_room_for_the_next()
    {
        for (var number = 1; number <= UntakenReports.Limit; number++)
        {
            _untaken.Keep(Report(number), TimeSpan.Zero);
            _untaken.Taken(Report(number).Payment, Report(number).AttemptNo);
        }

        Assert.True(_untaken.IsEmpty);
        _untaken.Keep(Report(0), TimeSpan.Zero);

        Assert.Equal([Report(0)], _untaken.TakeDue(UntakenReports.Patience));
    }

    [Fact]
    public void Nothing_is_told_again_before_its_time()
    {
        _untaken.Keep(Report(1), TimeSpan.Zero);

        Assert.Empty(_untaken.TakeDue(UntakenReports.Patience - TimeSpan.FromMilliseconds(1)));
        Assert.Equal([Report(1)], _untaken.TakeDue(UntakenReports.Patience));
        Assert.Empty(_untaken.TakeDue(1.5 * UntakenReports.Patience));
    }

    [Fact]
    public void A_querys_end_is_asked_for_again_and_not_kept()
    {
        _untaken.Keep(Report(1) with { Source = ReportSource.Query }, TimeSpan.Zero);

        Assert.True(_untaken.IsEmpty);
    }

    private static AttemptReport Report(int number) =>
        new(IdOf($"A-{number}"), 1, Alpha, ReportSource.Submit, Outcome.Unknown("timeout"));
}
