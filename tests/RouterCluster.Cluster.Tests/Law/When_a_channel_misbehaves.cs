using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Law;

[Collection(LawFixture.Collection)]
public sealed class When_a_channel_misbehaves(LawFixture law, ITestOutputHelper output) : IDisposable
{
    private const int Payments = 8;

    /// <summary>What the first attempt's channel is known to have done with the order in the end.</summary>
    public enum Truth
    {
        Succeeded,
        Failed,
        Either,
    }

    public void Dispose() => law.Node.WriteLog(output);

    [Theory]
    [InlineData("ok", Truth.Succeeded)]
    [InlineData("refuse", Truth.Failed)]
    [InlineData("reset_before", Truth.Failed)]
    [InlineData("reset_after", Truth.Succeeded)]
    [InlineData("lost_response", Truth.Succeeded)]
    [InlineData("error_500", Truth.Either)]
    [InlineData("bad_signature", Truth.Succeeded)]
    [InlineData("wrong_amount", Truth.Succeeded)]
    [InlineData("throttle", Truth.Failed)]
    [InlineData("maintenance", Truth.Failed)]
    [InlineData("processing", Truth.Succeeded)]
    public async Task Money_moves_once_and_the_end_is_the_truth(string mode, Truth truth)
    {
        var statement = await PayAsync(LawFixture.ChannelOf(mode), Payments);

        var payments = await JudgeAsync(statement);

        Assert.All(payments, payment => Assert.Equal("succeeded", payment.State));
        var met = Met(payments, LawFixture.ChannelOf(mode));
        Assert.All(met, payment => Assert.Contains(payment.Attempts[0].State, EndsOf(truth)));
        Assert.All(met, payment => Assert.Equal(payment.Attempts[0].State == "succeeded" ? 1 : 2, payment.Attempts.Length));
    }

    [Fact]
    public async Task A_refused_connection_and_a_refusal_at_the_door_go_to_the_next_channel_without_a_query()
    {
        var statement = new Statement();
        foreach (var channel in new[] { "refuse", "throttle", "maintenance", "limits" })
        {
            await PayAsync(channel, Payments, statement);
        }

        var payments = await JudgeAsync(statement);

        Assert.All(payments, payment => Assert.Equal((LawFixture.Sound, "succeeded"), (payment.Channel, payment.State)));
        foreach (var channel in new[] { "refuse", "throttle", "maintenance", "limits" })
        {
            Assert.DoesNotContain((await law.Psp.LogAsync(channel)).Calls, call => call.Kind == "query");
        }
    }

    [Fact]
    public async Task Payments_at_a_channel_that_hangs_stay_processing_until_it_can_be_asked()
    {
        var statement = await PayAsync("hang", Payments, wait: 3);

        foreach (var orderNo in statement.All)
        {
            var payment = (await law.Node.Shop.FindAsync(orderNo)).Payment!;
            Assert.Equal(payment.Attempts[0].Channel == "hang" ? "processing" : "succeeded", payment.State);
        }

        await law.Psp.SetAsync("hang", new { mode = "ok" });
        var payments = await JudgeAsync(statement);

        // The simulator booked them as failed: only the query could tell, and only then may another channel be tried.
        Assert.All(Met(payments, "hang"), payment => Assert.Equal(
            ("failed", "succeeded", LawFixture.Sound), (payment.Attempts[0].State, payment.State, payment.Channel)));
    }

    [Fact]
    public async Task An_unclear_payout_that_is_not_found_is_for_people_and_never_goes_to_another_channel()
    {
        var statement = await PayAsync("reset-before", Payments, product: "payout");

        var payments = await JudgeAsync(statement);

        Assert.All(Met(payments, "reset-before"), payment =>
            Assert.Equal(("suspended", 1), (payment.State, payment.Attempts.Length)));
    }

    private static string[] EndsOf(Truth truth) => truth switch
    {
        Truth.Succeeded => ["succeeded"],
        Truth.Failed => ["failed"],
        Truth.Either => ["succeeded", "failed"],
    };

    /// <summary>The few that the sound channel got first prove nothing.</summary>
    private static List<SeenPayment> Met(IReadOnlyList<SeenPayment> payments, string channel)
    {
        List<SeenPayment> met = [.. payments.Where(payment => payment.Attempts[0].Channel == channel)];
        Assert.True(met.Count >= payments.Count / 2, $"Only {met.Count} of {payments.Count} payments met {channel}.");
        return met;
    }

    private async Task<Statement> PayAsync(
        string channel, int count, Statement? statement = null, string product = "withhold", int wait = 10)
    {
        var told = statement ?? new Statement();
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var orderNo = $"{channel}-{Guid.NewGuid():N}";
            told.Asked(orderNo);
            told.Told(orderNo, await law.Node.Shop.PayAsync(orderNo, LawFixture.BankOf(channel), product, wait));
        }));
        return told;
    }

    private async Task<List<SeenPayment>> JudgeAsync(Statement statement)
    {
        var judge = new Judge(law.Node, law.Psp, LawFixture.Channels);
        var (verdict, payments) = await judge.JudgeSomeAsync(statement);
        output.WriteLine($"{verdict}");
        Assert.Equal(statement.All.Count(), statement.Acknowledged.Count());
        verdict.IsTruthful();
        return payments;
    }
}
