using RouterCluster.Channels.HttpJson;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One company's notices on their way to the books: signed bytes, read by the production protocol. Early, late, twice, forged,
/// of another amount, or against the company's own word. What is not acknowledged is sent again.
/// </summary>
internal sealed class SimulatedNotices(Life life, ChannelId channel)
{
    private const string Secret = SignedWords.Secret;
    private const int MostTries = 4;
    private const int OneIn = 8;
    private static readonly Outcome NotMoved = Told.NoFunds with { ChannelOrderNo = SignedWords.Reference };

    private readonly HttpJsonProtocol _protocol = new(
        new HttpJsonSettings(new Uri("http://psp.invalid/"), "M1", [Secret], 1), new TrueClock(life));

    private readonly List<Notice> _sent = [];
    private int _honest;

    /// <summary>The company has decided, and says so.</summary>
    public void Decided(SubmitOrder order, bool moved, Chance chance)
    {
        var faults = life.Faults;
        if (chance.Of(0.5))
        {
            var seconds = faults.Strike(FaultKind.NoticeEarly, chance, 0.2) ? 0.001
                : faults.Strike(FaultKind.NoticeLate, chance, 0.1) ? chance.Seconds(0, 60) : chance.Seconds(0.2, 3);
            var notice = new Notice(order, moved, order.Amount.Minor, Secret);
            Send(notice, seconds, 1);
            if (faults.Strike(FaultKind.NoticeTwice, chance, 0.2))
            {
                Send(notice, chance.Seconds(0, 20), 1);
            }
        }

        if (faults.Strike(FaultKind.DebitedTwice, chance, 0.02) && moved)
        {
            Send(new Notice(order, moved, order.Amount.Minor, Secret, isSecondDebit: true), chance.Seconds(0, 60), 1);
        }

        if (faults.Strike(FaultKind.PspContradicts, chance, 0.01))
        {
            life.Observer.Contradicts(order.Payment);
            Send(new Notice(order, !moved, order.Amount.Minor, Secret), chance.Seconds(0, 30), 1);
        }
    }

    /// <summary>The company has refused the order, and says that it is paid, often while a channel is being chosen.</summary>
    public void RefusedAndPaid(SubmitOrder order, Chance chance)
    {
        life.Observer.Contradicts(order.Payment);
        var seconds = chance.Of(0.7) ? chance.Seconds(0.02, 0.2) : chance.Seconds(0, 5);
        Send(new Notice(order, true, order.Amount.Minor, Secret), seconds, 1);
    }

    /// <summary>Somebody else speaks in the company's name, or the company of another order.</summary>
    public void Received(SubmitOrder order, Chance chance)
    {
        if (life.Faults.Strike(FaultKind.NoticeForged, chance, 0.03))
        {
            Send(new Notice(order, chance.Of(0.5), order.Amount.Minor, "guessed"), chance.Seconds(0, 2), MostTries);
        }

        if (life.Faults.Strike(FaultKind.NoticeOfWrongAmount, chance, 0.03))
        {
            Send(new Notice(order, chance.Of(0.5), order.Amount.Minor + 1, Secret), chance.Seconds(0, 2), MostTries);
        }
    }

    public void Hear(Caller caller, BookAnswer answer)
    {
        var notice = _sent[(int)caller.Request];
        if (answer is BookAnswer.Heard { Fate: NoticeFate.Stored or NoticeFate.Known })
        {
            notice.IsHeard = true;
            life.Story?.Tell(notice.Order.Payment, $"the notice of {channel} is acknowledged");
            life.Observer.NoticeTaken(notice.Order.Payment, notice.Order.AttemptNo, notice.Moved, notice.Reference);
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
        if (Read(notice) is { } told && PaymentId.ParseAttempt(told.OrderNo) is var (id, no))
        {
            life.Story?.Tell(id, $"a notice of {channel} says {told.Outcome.Class} of attempt {no}, {told.Amount}");
            _sent.Add(notice);
            var request = new NoticeRequest(
                new Caller(this, _sent.Count - 1), id, no, told.OrderNo, channel, told.Amount, told.Outcome);
            life.Books[id.Book].Tell((book, now) =>
            {
                if (notice.Moved && notice.Amount == notice.Order.Amount.Minor && notice.Secret == Secret)
                {
                    life.Observer.SuccessHeard(book, id, no);
                }

                book.Noticed(request, now);
            });
        }
    }

    /// <summary>
    /// What the production protocol makes of it; null: it is not believed. The protocol reads every forged one, and one in
    /// eight of the others: signing and reading costs more than all else of a payment.
    /// </summary>
    private ChannelNotice? Read(Notice notice)
    {
        var honest = notice.Secret != Secret ? null : new ChannelNotice(
            notice.Order.OrderNo, new Money(notice.Amount, new Currency("CNY")),
            (notice.Moved ? Told.Success : NotMoved) with { ChannelOrderNo = notice.Reference });
        if (honest is not null && _honest++ % OneIn > 0)
        {
            return honest;
        }

        var read = ReadBytes(notice);
        return honest is null || read == honest
            ? read
            : throw new InvalidOperationException($"{channel} said {honest}, and the protocol reads {read}");
    }

    private ChannelNotice? ReadBytes(Notice notice)
    {
        var words = Sign(notice);
        var call = new NoticeCall(
            name => name switch
            {
                "X-Timestamp" => words.Timestamp,
                "X-Signature" => words.Signature,
                "X-Merchant" => "M1",
                _ => null,
            },
            words.Body);
        return _protocol.ReadNotice(call) is NoticeReading.Told { Notice: var told } ? told : null;
    }

    private SignedWords Sign(Notice notice)
    {
        var (status, code) = notice.Moved ? ("succeeded", "00") : ("failed", "51");
        return SignedWords.Sign(
            notice.Order.OrderNo, status, code, notice.Amount, notice.Secret, LifeSettings.Birth + life.Time.Now,
            notice.Reference);
    }

    private sealed class Notice(SubmitOrder order, bool moved, long amount, string secret, bool isSecondDebit = false)
    {
        public SubmitOrder Order => order;

        public bool Moved => moved;

        public long Amount => amount;

        public string Secret => secret;

        /// <summary>The company's own number of the debit.</summary>
        public string Reference => isSecondDebit ? SignedWords.SecondReference : SignedWords.Reference;

        /// <summary>The company need not send it again.</summary>
        public bool IsHeard { get; set; }
    }
}
