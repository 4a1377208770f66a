using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What channels tell by themselves: early, twice, late, of other orders, of payments that have left memory.</summary>
public sealed class NoticeTests
{
    private readonly BookHarness _book = new();

    private IEnumerable<BookEffect.OrderHeard> Heard => _book.Left.OfType<BookEffect.OrderHeard>();

    [Fact]
    public void A_notice_is_answered_when_what_it_changed_is_stored_and_not_before()
    {
        _book.Accept();
        _book.CommitsAtOnce = false;
        var notice = _book.Notice(Success);
        Assert.Empty(_book.Answers(notice));
        _book.Commit();
        Assert.Equal(NoticeFate.Stored, _book.Fate(notice));
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void A_withholds_notice_ends_it_as_a_query_would_and_the_submits_answer_changes_nothing_more()
    {
        _book.Accept();
        _book.Notice(Success);
        Assert.Equal((PaymentState.Succeeded, 0), (_book.Read().State, _book.Counted[Alpha]));
        var rows = _book.Journal.Count;
        _book.Tell(Success);
        Assert.Equal((rows, 0), (_book.Journal.Count, _book.Counted[Alpha]));
        Assert.Single(_book.Taken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void How_a_withhold_ended_by_its_notice_is_told_to_the_channel_when_it_is_stored(bool moved)
    {
        _book.Accept();
        _book.CommitsAtOnce = false;
        var told = moved ? Success : NoFunds;
        _book.Notice(told);
        Assert.Empty(Heard);
        _book.Commit();
        Assert.Equal(
            new BookEffect.OrderHeard(Alpha, IdOf().AttemptOrderNo(1), Product.Withhold, told), Assert.Single(Heard));
    }

    [Fact]
    public void What_is_not_believed_or_tells_no_end_is_not_told_to_the_channel()
    {
        _book.Accept();
        _book.Notice(Success, amount: 99);
        _book.Notice(Success, channel: Bravo);
        _book.Notice(Success, number: IdOf().AttemptOrderNo(2));
        _book.Notice(Processing);
        _book.Accept("B-1", Product.Payout);
        _book.Notice(Success, orderNo: "B-1");
        Assert.Empty(Heard);
    }

    [Fact]
    public void A_notice_of_a_failure_that_is_the_channels_sends_a_withhold_to_the_next()
    {
        _book.Accept();
        Assert.Equal(NoticeFate.Stored, _book.Fate(_book.Notice(Maintenance)));
        Assert.Equal([Alpha, Bravo], _book.Submits.Select(submit => submit.Channel));
        Assert.Equal((0, 1), (_book.Counted[Alpha], _book.Counted[Bravo]));
    }

    [Fact]
    public void S10_a_notice_again_changes_nothing()
    {
        _book.Accept();
        _book.Notice(Success);
        var rows = _book.Journal.Count;
        Assert.Equal(NoticeFate.Known, _book.Fate(_book.Notice(Success)));
        Assert.Equal(rows, _book.Journal.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_payouts_end_by_notice_is_asked_about_at_once_and_believed_when_a_query_says_so(bool moved)
    {
        _book.Accept(product: Product.Payout);
        var told = moved ? Success : NoFunds;
        Assert.Equal(NoticeFate.Stored, _book.Fate(_book.Notice(told)));
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        Assert.Single(_book.Queries);

        _book.AnswerQuery(told);
        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Failed, _book.Read().State);
        Assert.Empty(_book.Read().Cases);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_payout_that_its_notice_calls_refused_is_not_sent_to_another_channel()
    {
        _book.Accept(product: Product.Payout);
        _book.Notice(Maintenance);
        Assert.Single(_book.Asked);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_claim_is_asked_about_before_all_that_is_due()
    {
        for (var number = 0; number < 5; number++)
        {
            _book.Accept($"B-{number}");
            _book.Tell(Unknown, orderNo: $"B-{number}");
        }

        _book.Accept(product: Product.Payout);
        _book.Pass(1.25);
        Assert.Equal(BookHarness.Policy.QueryCredit, _book.Queries.Count);
        _book.Notice(Success);
        _book.AnswerQuery(Processing, _book.Queries[0]);
        _book.Pass(0.25);
        Assert.Equal(IdOf(), _book.Queries[^1].Payment);
    }

    [Fact]
    public void An_answer_that_is_older_than_the_claim_is_followed_by_another_question_at_once()
    {
        _book.Accept(product: Product.Payout);
        _book.Tell(Unknown);
        _book.Pass(1);
        _book.Notice(Success);
        Assert.Single(_book.Queries);
        _book.AnswerQuery(Processing);
        _book.Pass(0.25);
        Assert.Equal(2, _book.Queries.Count);
    }

    [Fact]
    public void A_claim_outlives_a_crash_and_is_asked_about_at_once()
    {
        _book.Accept(product: Product.Payout);
        _book.Notice(Success);
        _book.Crash();
        Assert.Equal(Success, _book.Read().OpenAttempt!.Claim);
        _book.Pass(0.25);
        Assert.Equal(2, _book.Queries.Count);
        var rows = _book.Journal.Count;
        Assert.Equal(NoticeFate.Known, _book.Fate(_book.Notice(Success)));
        Assert.Equal(rows, _book.Journal.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_query_that_says_the_opposite_of_a_payouts_notice_leaves_it_to_people(bool moved)
    {
        _book.Accept(product: Product.Payout);
        _book.Notice(moved ? Success : Maintenance);
        _book.AnswerQuery(moved ? Maintenance : Success);
        var payment = _book.Read();
        Assert.Equal(PaymentState.Suspended, payment.State);
        Assert.Equal(CaseReason.NoticeContradicted, Assert.Single(payment.Cases).Reason);
        Assert.Single(_book.Submits);

        _book.Notice(Success);
        _book.Notice(NoFunds);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
    }

    [Fact]
    public void S10_a_notice_of_another_order_does_not_speak_of_this_one()
    {
        _book.Accept();
        var rows = _book.Journal.Count;
        Assert.Equal(NoticeFate.WrongChannel, _book.Fate(_book.Notice(Success, channel: Bravo)));
        Assert.Equal(NoticeFate.WrongAmount, _book.Fate(_book.Notice(Success, amount: 99)));
        Assert.Equal(NoticeFate.WrongCurrency, _book.Fate(_book.Notice(Success, currency: "JPY")));
        Assert.Equal(NoticeFate.UnknownOrder, _book.Fate(_book.Notice(Success, no: 2)));
        Assert.Equal(NoticeFate.UnknownOrder, _book.Fate(_book.Notice(Success, orderNo: "never-seen")));
        Assert.Equal(NoticeFate.UnknownOrder, _book.Fate(_book.Notice(Success, number: IdOf("other").AttemptOrderNo(1))));
        Assert.Equal((rows, PaymentState.Processing), (_book.Journal.Count, _book.Read().State));
    }

    [Fact]
    public void A_notice_that_says_nothing_or_not_found_changes_nothing_and_proves_no_absence()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(80);
        var rows = _book.Journal.Count;
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(NoticeFate.Known, _book.Fate(_book.Notice(Outcome.Unknown("contradiction"))));
            Assert.Equal(NoticeFate.Known, _book.Fate(_book.Notice(NotFound)));
            _book.Pass(20);
        }

        Assert.Equal((rows, 1), (_book.Journal.Count, _book.Read().Attempts.Length));
    }

    [Fact]
    public void A_notice_that_comes_while_the_next_channel_is_chosen_is_answered_when_it_was_heard()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(Maintenance);
        var notice = _book.Notice(Success);
        Assert.Null(_book.Fate(notice));
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        Assert.Equal((NoticeFate.Stored, PaymentState.Suspended), (_book.Fate(notice), _book.Read().State));
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_notice_that_cannot_be_stored_is_not_taken()
    {
        _book.Accept();
        _book.Encoder.CanStore = stored => stored is not AttemptEnded;
        Assert.IsType<BookAnswer.OutOfReach>(_book.Answer(_book.Notice(Success)));
        _book.Encoder.CanStore = _ => true;
        Assert.Equal(NoticeFate.Stored, _book.Fate(_book.Notice(Success)));
    }

    [Fact]
    public void S11_a_late_success_of_a_payment_that_has_left_memory_opens_a_case()
    {
        var ended = Forget();
        var notice = _book.Notice(Success);
        Assert.Null(_book.Fate(notice));
        _book.Do(book => book.LookedUp(IdOf(), ended));
        Assert.Equal(NoticeFate.Stored, _book.Fate(notice));
        AssertLateSuccess();
        _book.Crash();
        AssertLateSuccess();
    }

    [Fact]
    public void S11_a_case_of_a_payment_that_had_left_memory_outlives_a_snapshot_without_it()
    {
        var ended = Forget();
        var snapshot = _book.Book.TakeSnapshot()!;
        var rows = _book.Journal.Count;
        _book.Tell(Success);
        _book.Do(book => book.LookedUp(IdOf(), ended));
        _book.Crash(snapshot, rows);
        AssertLateSuccess();
    }

    [Fact]
    public void Of_a_payment_that_has_left_memory_what_agrees_or_speaks_of_another_order_stores_nothing()
    {
        var ended = Forget();
        var rows = _book.Journal.Count;
        var agrees = _book.Notice(NoFunds);
        var other = _book.Notice(Success, amount: 7);
        _book.Do(book => book.LookedUp(IdOf(), ended));
        Assert.Equal((NoticeFate.Known, NoticeFate.WrongAmount), (_book.Fate(agrees), _book.Fate(other)));
        var never = _book.Notice(Success);
        _book.Do(book => book.LookedUp(IdOf(), null));
        Assert.Equal(NoticeFate.UnknownOrder, _book.Fate(never));
        var lost = _book.Notice(Success);
        _book.Do(book => book.LookUpFailed(IdOf()));
        Assert.IsType<BookAnswer.OutOfReach>(_book.Answer(lost));
        Assert.Equal((rows, 0), (_book.Journal.Count, _book.Book.Count));
    }

    private void AssertLateSuccess()
    {
        var payment = _book.Read();
        Assert.Equal((PaymentState.Failed, CaseReason.LateSuccess), (payment.State, Assert.Single(payment.Cases).Reason));
        Assert.Equal(AttemptState.Failed, payment.Attempts[0].State);
    }

    private Payment Forget()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        var ended = _book.Read();
        _book.Book.ReadBackFromReadModel([(IdOf(), 2)], _book.Now.Monotonic);
        _book.Pass(60);
        Assert.Equal(0, _book.Book.Count);
        return ended;
    }
}
