using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Cases;
using RouterCluster.Domain.Webhooks;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>How the changes of a payment are counted that its merchant is told of.</summary>
public sealed class ChangeTests
{
    [Fact]
    public void S13_a_second_ruling_to_the_same_state_is_a_change_of_its_own()
    {
        var failed = After(Accept(), Told(NoFunds));
        var succeeded = failed.Then(Told(Success, after: Later)).Decided(ProposedOutcome.Succeeded);
        var again = succeeded.Then(Told(NoFunds, after: Later + 100)).Decided(ProposedOutcome.Failed, after: Later + 200);

        Assert.Equal([1, 2, 3], new[] { failed, succeeded, again }.Select(payment => payment.LastChange));
        Assert.Equal((failed.State, succeeded.State), (again.State, PaymentState.Succeeded));
        Assert.Equal(3, new[] { failed, succeeded, again }.Select(IdOfLast).Distinct().Count());
    }

    [Fact]
    public void S13_a_second_suspension_is_a_change_of_its_own()
    {
        var first = Unfound();
        var asked = first.Decided(ProposedOutcome.KeepAsking);
        var second = asked.Then(Told(NotFound, final: true, after: Later + 99));

        Assert.Equal((1, 1, 2), (first.LastChange, asked.LastChange, second.LastChange));
        Assert.NotEqual(IdOfLast(first), IdOfLast(second));
    }

    [Fact]
    public void What_changes_no_state_is_no_change()
    {
        var failed = After(Accept(), Told(NoFunds));
        var withCase = failed.Then(Told(Success, after: Later));
        var proposed = withCase.Then(Propose(ProposedOutcome.Succeeded));

        Assert.Equal([1, 1, 1], new[] { failed, withCase, proposed }.Select(payment => payment.LastChange));
        Assert.Equal(0, After(Accept()).LastChange);
    }

    [Fact]
    public void A_payment_stored_before_changes_were_counted_takes_no_number_twice()
    {
        var suspended = Unfound() with { CountedChanges = 0 };
        var asked = suspended.Decided(ProposedOutcome.KeepAsking);
        var askedBefore = asked with { CountedChanges = 0 };
        var told = Told(NotFound, final: true, after: Later + 99);

        Assert.Equal([1, 1, 1], new[] { suspended, asked, askedBefore }.Select(payment => payment.LastChange));
        Assert.Equal([2, 2], new[] { asked.Then(told), askedBefore.Then(told) }.Select(payment => payment.LastChange));
        Assert.Equal(2, suspended.Decided(ProposedOutcome.Failed).LastChange);
    }

    private static NotificationId IdOfLast(Payment payment) =>
        NotificationId.Of(payment.Id, payment.State.Notification()!.Value, payment.LastChange);
}
