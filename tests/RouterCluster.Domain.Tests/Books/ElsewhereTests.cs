using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>A channel's account changes while an order is unknown: the new one truthfully does not know it.</summary>
public sealed class ElsewhereTests
{
    private static readonly ChannelTarget First = new("http-json", "psp.example/a", "M1");

    private readonly BookHarness _book;
    private ChannelTarget? _target = First;
    private int _answered;

    public ElsewhereTests() => _book = new BookHarness(BookHarness.Usual with { TargetOf = _ => _target });

    public static TheoryData<ChannelTarget> OtherAccounts =>
    [
        First with { Protocol = "other" }, First with { Host = "test.example/a" }, First with { Host = "psp.example/b" },
        First with { MerchantId = "M2" },
    ];

    [Theory]
    [MemberData(nameof(OtherAccounts))]
    public void S3_what_another_account_does_not_know_goes_to_people_and_to_no_second_channel(ChannelTarget other)
    {
        Unclear();
        Move(other);
        AnswerNotFound(200);
        var payment = _book.Read();
        Assert.Equal((PaymentState.Suspended, AttemptState.Processing), (payment.State, Assert.Single(payment.Attempts).State));
        Assert.Equal(CaseReason.NotFoundElsewhere, Assert.Single(payment.Cases).Reason);
        Assert.Contains(First.ToString(), payment.Cases[0].Evidence, StringComparison.Ordinal);
        Assert.Contains(other.ToString(), payment.Cases[0].Evidence, StringComparison.Ordinal);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_wrong_file_that_is_corrected_within_the_documented_delay_has_cost_nothing()
    {
        Unclear();
        Move(First with { Host = "test.example/a" });
        AnswerNotFound(50);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        Move(First);
        _book.Pass(2);
        _book.AnswerQuery(Success);
        Assert.Equal((PaymentState.Succeeded, 0), (_book.Read().State, _book.Read().Cases.Length));
    }

    [Fact]
    public void S11_an_answer_that_comes_while_the_account_is_another_one_agrees_with_nothing()
    {
        Unclear();
        _book.Pass(200);
        _target = First with { MerchantId = "M2" };
        _book.AnswerQuery(NotFound);
        _target = First;
        for (var agreeing = 1; agreeing <= BookHarness.Policy.NotFoundAgreeing; agreeing++)
        {
            Assert.Equal(AttemptState.Processing, _book.Read().Attempts[0].State);
            _book.Pass(40);
            _book.AnswerQuery(NotFound);
        }

        Assert.Equal(AttemptState.Failed, _book.Read().Attempts[0].State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_right_account_ends_what_was_suspended_for_the_wrong_one(bool moved)
    {
        Unclear();
        Move(First with { MerchantId = "M2" });
        AnswerNotFound(200);
        Move(First);
        _book.Pass(10);
        _book.AnswerQuery(moved ? Success : NoFunds);
        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Failed, _book.Read().State);
        Assert.False(_book.Read().NeedsDecision);
    }

    [Fact]
    public void S3_another_account_that_refuses_an_order_it_never_got_does_not_send_it_on()
    {
        Unclear();
        Move(First with { Host = "new.example/a" });
        _book.Pass(2);
        _book.AnswerQuery(Maintenance);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void What_another_account_says_of_an_order_that_it_has_is_believed()
    {
        Unclear();
        Move(First with { Host = "moved.example/a" });
        _book.Pass(2);
        _book.AnswerQuery(NoFunds);
        Assert.Equal(PaymentState.Failed, _book.Read().State);
    }

    [Fact]
    public void An_attempt_of_the_time_before_targets_were_stored_is_believed_as_before()
    {
        _target = null;
        Unclear();
        Move(First);
        AnswerNotFound(200);
        Assert.Equal([Alpha, Bravo], _book.Submits.Select(order => order.Channel).Take(2));
    }

    [Fact]
    public void People_can_decide_what_another_account_does_not_know()
    {
        Unclear();
        Move(First with { MerchantId = "M2" });
        AnswerNotFound(200);
        var decided = _book.Read().Decided(ProposedOutcome.Failed);
        Assert.Equal(PaymentState.Failed, decided.State);
        Assert.False(decided.NeedsDecision);
    }

    /// <summary>As where several nodes read their files one by one: the book goes on while the account changes.</summary>
    [Fact]
    public void S11_an_answer_is_of_the_account_that_was_asked_though_it_is_the_right_one_again()
    {
        Unclear();
        _target = First with { MerchantId = "M2" };
        AnswerNotFound(50);
        _book.Pass(25);

        _target = First;
        _book.AnswerQuery(NotFound, _book.Queries[^1]);

        Assert.Equal((PaymentState.Suspended, AttemptState.Processing), (_book.Read().State, _book.Read().OpenAttempt?.State));
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void S11_what_another_account_does_not_know_agrees_with_nothing_that_the_right_one_says()
    {
        Unclear();
        _target = First with { MerchantId = "M2" };
        AnswerNotFound(50);
        _target = First;
        _book.Pass(25);

        _book.AnswerQuery(NotFound, _book.Queries[^1]);

        Assert.Equal((PaymentState.Processing, 0), (_book.Read().State, _book.Read().Cases.Length));
        Assert.Single(_book.Submits);
    }

    private void Unclear()
    {
        _book.Accept();
        _book.Tell(Unknown);
        Assert.Equal(_target, _book.Read().OpenAttempt!.Target);
    }

    /// <summary>A start with another file.</summary>
    private void Move(ChannelTarget to)
    {
        _target = to;
        _book.Crash();
    }

    private void AnswerNotFound(double seconds)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.25)
        {
            _book.Pass(0.25);
            for (; _answered < _book.Queries.Count; _answered++)
            {
                _book.AnswerQuery(NotFound, _book.Queries[_answered]);
            }
        }
    }
}
