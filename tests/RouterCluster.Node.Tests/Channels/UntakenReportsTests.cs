using Akka.TestKit.Xunit2;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels;

public sealed class UntakenReportsTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task As_many_as_are_kept_are_told_again_and_again()
    {
        var books = CreateTestProbe();
        var untaken = new UntakenReports(books.Ref);
        for (var number = 1; number <= UntakenReports.Limit; number++)
        {
            untaken.Keep(Report(number), TimeSpan.Zero);
        }

        for (var time = 1; time <= 2; time++)
        {
            untaken.SendAgain(time * Patience);
            await foreach (var told in books.ReceiveNAsync(UntakenReports.Limit, TimeSpan.FromSeconds(30)))
            {
                Assert.IsType<ReportToBook>(told);
            }
        }
    }

    [Fact]
    public async Task One_that_was_taken_makes_room_for_the_next()
    {
        var books = CreateTestProbe();
        var untaken = new UntakenReports(books.Ref);
        for (var number = 1; number <= UntakenReports.Limit; number++)
        {
            untaken.Keep(Report(number), TimeSpan.Zero);
            untaken.Taken(Report(number));
        }

        untaken.Keep(Report(0), TimeSpan.Zero);
        untaken.SendAgain(Patience);

        Assert.Equal(Report(0), (await books.ExpectMsgAsync<ReportToBook>()).Report);
    }

    private static AttemptReport Report(int number) => new(
        PaymentSamples.IdOf($"A-{number}"), 1, PaymentSamples.Alpha, ReportSource.Submit, Outcome.Unknown("timeout"));
}
