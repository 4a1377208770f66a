using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class NotificationPolicyTests
{
    private const double Middle = 0.5;
    private static readonly DateTimeOffset Now = NotificationScene.Start;
    private static readonly NotificationPolicy Policy = NotificationScene.Policy;

    [Fact]
    public void Pauses_grow_by_the_schedule_and_end_with_it()
    {
        var pauses = Enumerable.Range(1, Policy.Schedule.Length)
            .Select(attempts => Policy.NextAttempt(attempts, DeliveryOutcome.Answered(500), Now, Middle) - Now);

        Assert.Equal([.. Policy.Schedule.Skip(1).Select(pause => (TimeSpan?)pause), null], pauses);
    }

    [Theory]
    [InlineData(0, 54)]
    [InlineData(1, 66)]
    public void Chance_moves_a_pause_by_a_tenth_at_most(double draw, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), Policy.NextAttempt(2, DeliveryOutcome.Answered(500), Now, draw));

    [Theory]
    [InlineData(429, 300, 300)]
    [InlineData(503, 300, 300)]
    [InlineData(503, 5, 60)]
    [InlineData(503, 400_000, 86_400)]
    [InlineData(500, 300, 60)]
    public void A_wish_to_wait_counts_where_HTTP_gives_it_a_meaning(int status, int wish, int seconds)
    {
        var outcome = DeliveryOutcome.Answered(status, TimeSpan.FromSeconds(wish));

        Assert.Equal(Now.AddSeconds(seconds), Policy.NextAttempt(2, outcome, Now, Middle));
    }

    [Fact]
    public void An_id_follows_from_payment_type_and_change_and_is_read_back()
    {
        var payment = PaymentId.For(new MerchantId("shop"), "A-1", 4, [1, 2]);
        NotificationId[] Ids() =>
        [
            .. from type in Enum.GetValues<NotificationType>()
               from change in new[] { 1, 2, 11, int.MaxValue / 10 }
               select NotificationId.Of(payment, type, change),
        ];
        var ids = Ids();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids, Ids());
        Assert.All(ids, id => Assert.Equal(id, NotificationId.Parse(id.Value)));
        Assert.All(ids, id => Assert.DoesNotContain('.', id.Value));
        var (from, to) = NotificationId.RangeOf(payment);
        Assert.All(ids, id => Assert.True(
            string.CompareOrdinal(from, id.Value) <= 0 && string.CompareOrdinal(id.Value, to) < 0));
        Assert.All(
            ["msg_", payment.Value, ids[0].Value.ToUpperInvariant(),
                $"{ids[0].Value}x", $"{ids[0].Value}y2", $"{ids[0].Value}xa"],
            text => Assert.Null(NotificationId.Parse(text)));
    }

    [Fact]
    public void The_first_change_keeps_the_id_that_deployed_tables_have()
    {
        var payment = PaymentId.For(new MerchantId("shop"), "A-1", 4, [1, 2]);
        Assert.Equal($"msg_{payment.Value[4..]}02", NotificationId.Of(payment, NotificationType.PaymentFailed, 1).Value);
        Assert.Equal(payment, NotificationId.Of(payment, NotificationType.PaymentFailed, 1).Payment);
        Assert.Equal(payment, NotificationId.Of(payment, NotificationType.PaymentFailed, 12).Payment);
        Assert.Null(new NotificationId("msg_other").Payment);
        Assert.Equal($"msg_{payment.Value[4..]}02x2", NotificationId.Of(payment, NotificationType.PaymentFailed, 2).Value);
    }

    [Fact]
    public void Merchants_are_told_of_ends_and_of_what_people_must_decide()
    {
        var told = Enum.GetValues<PaymentState>()
            .Select(state => (state, state.Notification()?.Name()))
            .Where(row => row.Item2 is not null);

        Assert.Equal(
            [
                (PaymentState.Suspended, "payment.suspended"), (PaymentState.Succeeded, "payment.succeeded"),
                (PaymentState.Failed, "payment.failed"), (PaymentState.Returned, "payment.returned"),
            ],
            told);
    }

    [Fact]
    public void States_have_names_that_are_read_back()
    {
        Assert.All(NotificationNames.States, state => Assert.Equal(state, NotificationNames.ParseState(state.Name())));
        Assert.Null(NotificationNames.ParseState("sent"));
        Assert.Null(NotificationNames.ParseState(null));
    }
}
