using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>Where an attempt went wrong stays known after a query has resolved it.</summary>
public sealed class FirstOutcomeTests
{
    [Theory]
    [InlineData("bad_signature")]
    [InlineData("http_500")]
    [InlineData("timeout")]
    public void An_attempt_keeps_its_first_outcome_beside_its_last(string code)
    {
        var payment = After(Accept(), Told(Outcome.Unknown(code)), Told(Processing, after: 2), Told(Success, after: 3));
        var attempt = payment.Attempts[0];
        Assert.Equal((OutcomeClass.Unknown, code), (attempt.First!.Class, attempt.First.Code));
        Assert.Equal(Success, attempt.Outcome);
    }

    [Fact]
    public void An_attempt_that_was_told_one_thing_has_no_other_first()
    {
        Assert.Null(After(Accept()).Attempts[0].First);
        Assert.Null(After(Accept(), Told(Success)).Attempts[0].First);
        Assert.Null(After(Accept(), Told(Unknown), Told(Unknown, after: 5)).Attempts[0].First);
        Assert.Null(After(Accept(Product.Payout), Told(Success, byNotice: true), Told(Success, after: 5)).Attempts[0].First);
    }
}
