using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One company's notices on their way to the books: early, late, twice, or against the company's own word; and others that
/// nobody may believe: forged, old, of another amount or currency, or at another channel's address. A notice that is not
/// acknowledged is sent again.
/// </summary>
internal sealed class SimulatedNotices(Life life, ChannelId channel)
{
    private const int MostTries = 4;

    private readonly List<Notice> _sent = [];

    /// <summary>The company has decided, and says so.</summary>
    /// <param name="decline">Its code, if no money has moved.</param>
    public void Decided(SubmitOrder order, bool moved, string decline, Chance chance)
    {
        var faults = life.Faults;
        var word = Say(order, moved, decline);
        if (chance.Of(0.5))
        {
            var seconds = faults.Strike(FaultKind.NoticeEarly, chance, 0.2) ? 0.001
                : faults.Strike(FaultKind.NoticeLate, chance, 0.1) ? chance.Seconds(0, 60) : chance.Seconds(0.2, 3);
            var notice = new Notice(order, word);
            Send(notice, seconds, 1);
            if (faults.Strike(FaultKind.NoticeTwice, chance, 0.2))
            {
                Send(notice, chance.Seconds(0, 20), 1);
            }
        }

        if (faults.Strike(FaultKind.DebitedTwice, chance, 0.02) && moved)
        {
            var second = word with { Reference = SignedWords.SecondReference };
            Send(new Notice(order, second), chance.Seconds(0, 60), 1);
        }

        if (faults.Strike(FaultKind.PspContradicts, chance, order.Product == Product.Payout ? 0.04 : 0.01))
        {
            life.Observer.Contradicts(order.Payment);
            Send(new Notice(order, Say(order, !moved, decline)), chance.Seconds(0, 30), 1);
        }

        SendUnbelievable(FaultKind.NoticeOld, order, Old(Say(order, chance.Of(0.5), decline), chance), chance);
    }

    /// <summary>The company has refused the order, and says that it is paid, often while a channel is being chosen.</summary>
    public void RefusedAndPaid(SubmitOrder order, Chance chance)
    {
        life.Observer.Contradicts(order.Payment);
        var seconds = chance.Of(0.7) ? chance.Seconds(0.02, 0.2) : chance.Seconds(0, 5);
        Send(new Notice(order, Say(order, true, "51")), seconds, 1);
    }

    /// <summary>Somebody else speaks in the company's name, or the company of another order.</summary>
    public void Received(SubmitOrder order, Chance chance)
    {
        var word = Say(order, chance.Of(0.5), "51");
        SendUnbelievable(FaultKind.NoticeForged, order, word with { IsSigned = false }, chance);
        SendUnbelievable(FaultKind.NoticeOfWrongAmount, order, word with { Amount = word.Amount + 1 }, chance);
        SendUnbelievable(FaultKind.NoticeOfWrongCurrency, order, word with { Currency = "USD" }, chance);
        SendUnbelievable(FaultKind.NoticeOfOtherChannel, order, word with { Channel = Other(chance) }, chance);
    }

    public void Hear(Caller caller, BookAnswer answer)
    {
        var notice = _sent[(int)caller.Request];
        notice.Answers++;
        if (answer is BookAnswer.Heard { Fate: NoticeFate.Stored or NoticeFate.Known } heard)
        {
            notice.IsHeard = true;
            life.Story?.Tell(notice.Order.Payment, $"the notice of {channel} is acknowledged");
            life.Observer.NoticeTaken(notice.Order, notice.Word, heard.Fate == NoticeFate.Stored);
        }
    }

    private static Word Say(SubmitOrder order, bool moved, string decline) => new(
        WordPhase.Notice, order.Channel.Value, order.OrderNo, moved ? Word.Succeeded : Word.Failed, moved ? "00" : decline,
        order.Amount.Minor)
    {
        Reference = SignedWords.Reference,
    };

    private static Word Old(Word word, Chance chance) =>
        word with { Age = chance.Of(0.5) ? TimeSpan.FromDays(365) : TimeSpan.FromMinutes(chance.Of(0.5) ? 6 : -6) };

    private string Other(Chance chance)
    {
        var others = life.Channels.Where(other => other.Setup.Id != channel).ToList();
        return chance.Any(others).Setup.Id.Value;
    }

    private void SendUnbelievable(FaultKind kind, SubmitOrder order, Word word, Chance chance)
    {
        if (life.Faults.Strike(kind, chance, 0.03))
        {
            Send(new Notice(order, word), chance.Seconds(0, 4), MostTries);
        }
    }

    private void Send(Notice notice, double seconds, int tries) => life.Time.After(seconds, () =>
    {
        if (notice.IsHeard)
        {
            return;
        }

        Arrive(notice);
        if (tries < MostTries)
        {
            Send(notice, 3, tries + 1);
        }
    });

    /// <summary>As the ingress does it: verified, understood, and handed to the book that its number names.</summary>
    private void Arrive(Notice notice)
    {
        var (order, word) = (notice.Order, notice.Word);
        var address = new ChannelId(word.Channel);
        if (life.Channel(address).Wire.NoticeOf(word, order.OrderNo, order.Amount) is not { } told
            || PaymentId.ParseAttempt(told.OrderNo) is not var (id, no))
        {
            return;
        }

        life.Story?.Tell(id, $"a notice at {address} says {told.Outcome.Class} of attempt {no}, {told.Amount}");
        life.Observer.Heard(order, word);
        _sent.Add(notice);
        var request = new NoticeRequest(
            new Caller(this, _sent.Count - 1), id, no, told.OrderNo, address, told.Amount, told.Outcome);
        var book = life.Books[id.Book];
        book.Owner?.MustAnswer(
            id, Clause.NoticesAreAnswered, Situation.NoticeToLiveBook, () => notice.Answers > 0 || notice.IsHeard);
        book.Tell((book, now) =>
        {
            life.Observer.NoticeHeard(book, order, word);
            book.Noticed(request, now);
        });
    }

    private sealed class Notice(SubmitOrder order, Word word)
    {
        public SubmitOrder Order => order;

        public Word Word => word;

        /// <summary>The company need not send it again.</summary>
        public bool IsHeard { get; set; }

        public int Answers { get; set; }
    }
}
