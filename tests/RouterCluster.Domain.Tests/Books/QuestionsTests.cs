using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What a book says of the questions about an open attempt, and what is stored of who reported.</summary>
public sealed class QuestionsTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void Before_its_answer_the_order_is_asked_about_when_the_answer_is_overdue()
    {
        _book.Accept();

        var questions = _book.Read().Questions!;

        Assert.Equal((0, null, false), (questions.Asked, questions.LastAt, questions.IsAsking));
        Assert.Equal(Start.AddSeconds(5 + 15 + 1), questions.NextAt);
    }

    [Fact]
    public void Questions_are_counted_and_the_next_one_is_named_once_the_last_is_answered()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(1);
        var asking = _book.Read().Questions!;
        _book.AnswerQuery(Processing);
        var asked = _book.Read().Questions!;

        Assert.Equal(new AttemptQuestions(1, Start.AddSeconds(1), IsAsking: true, NextAt: null), asking);
        Assert.Equal(new AttemptQuestions(1, Start.AddSeconds(1), IsAsking: false, Start.AddSeconds(3)), asked);
    }

    [Fact]
    public void Of_a_payment_without_an_open_attempt_nothing_is_asked()
    {
        _book.Accept();
        _book.Tell(Success);

        Assert.Null(_book.Read().Questions);
    }

    [Fact]
    public void Events_keep_how_the_report_came()
    {
        _book.Accept();
        _book.Tell(Unknown);
        _book.Pass(1);
        _book.AnswerQuery(Success);
        _book.Notice(NoFunds);

        var events = _book.Journal.SelectMany(row => row).Select(stored => stored.Event).ToArray();
        Assert.Equal(ReportSource.Submit, Assert.Single(events.OfType<AttemptUnresolved>()).Source);
        Assert.Equal(ReportSource.Query, Assert.Single(events.OfType<AttemptEnded>()).Source);
        Assert.Equal(ReportSource.Notification, Assert.Single(events.OfType<CaseOpened>()).Source);
    }
}
