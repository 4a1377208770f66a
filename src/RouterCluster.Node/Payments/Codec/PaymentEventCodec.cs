using System.Buffers;
using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>
/// Payments' events as bytes of a journal row. Every encoded event is a row of its own, and concatenated rows are one
/// row: a book encodes when it decides and writes the collected bytes unchanged.
/// </summary>
public static class PaymentEventCodec
{
    /// <summary>Hold the first entry's payment and time.</summary>
    public const int HeadBytes = 80;

    /// <summary>A tag of one byte and a length of at most five.</summary>
    private const int MaxHead = 6;

    /// <summary>Keeps times in whole milliseconds, scores in single precision, and reasons in at most 200 bytes.</summary>
    public static void Encode(PaymentId id, PaymentEvent @event, IBufferWriter<byte> to)
    {
        var entry = ToStored(@event);
        entry.Payment = ContentCodec.ToStored(id);
        entry.At = @event.At.ToStored();
        WriteLength(to, entry.CalculateSize());
        entry.WriteTo(to);
    }

    /// <summary>Writes the tag and length that precede an entry in a <see cref="Row"/>.</summary>
    private static void WriteLength(IBufferWriter<byte> to, int bytes)
    {
        var head = to.GetSpan(MaxHead);
        head[0] = (byte)WireFormat.MakeTag(Row.EntriesFieldNumber, WireFormat.WireType.LengthDelimited);
        var at = 1;
        for (; bytes >= 0x80; bytes >>= 7)
        {
            head[at++] = (byte)(bytes | 0x80);
        }

        head[at++] = (byte)bytes;
        to.Advance(at);
    }

    /// <exception cref="InvalidDataException">This version does not know the kind of an entry.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a row.</exception>
    public static IReadOnlyList<(PaymentId Id, PaymentEvent Event)> Decode(ReadOnlyMemory<byte> row)
    {
        var entries = Row.Parser.ParseFrom(row.Span).Entries;
        var decoded = new (PaymentId, PaymentEvent)[entries.Count];
        for (var i = 0; i < decoded.Length; i++)
        {
            decoded[i] = (ContentCodec.ToId(entries[i].Payment), ToEvent(entries[i]));
        }

        return decoded;
    }

    /// <summary>The events of one payment in a row that holds those of many.</summary>
    public static IReadOnlyList<PaymentEvent> DecodeOf(PaymentId payment, ReadOnlyMemory<byte> row)
    {
        var id = ContentCodec.ToStored(payment);
        return row.Span.IndexOf(Encoding.UTF8.GetBytes(id)) < 0
            ? []
            : [.. Row.Parser.ParseFrom(row.Span).Entries.Where(entry => entry.Payment == id).Select(ToEvent)];
    }

    /// <summary>When the first event of a row was decided. Later ones are no earlier, nor are those of later rows.</summary>
    /// <param name="head">The row's first <see cref="HeadBytes"/>.</param>
    /// <returns>Null for a row without events.</returns>
    public static DateTimeOffset? FirstAt(byte[] head)
    {
        if (head.Length == 0)
        {
            return null;
        }

        var input = new CodedInputStream(head);
        input.ReadTag();
        input.ReadLength();
        input.ReadTag();
        input.ReadString();
        input.ReadTag();
        return input.ReadInt64().ToTime();
    }

    private static Entry ToStored(PaymentEvent @event) => @event switch
    {
        PaymentAccepted accepted => new Entry
        {
            Accepted = new AcceptedEvent
            {
                Content = ContentCodec.ToStored(accepted.Content),
                ExpiresAt = accepted.ExpiresAt.ToStored(),
            },
        },
        AttemptStarted started => new Entry
        {
            AttemptStarted = new AttemptStartedEvent
            {
                No = started.No,
                Channel = started.Channel.Value,
                SendBefore = started.SendBefore.ToStored(),
                Reasons = ReasonsCodec.ToStored(started.Reasons),
                Target = TargetCodec.ToStored(started.Target),
            },
        },
        AttemptUnresolved news => new Entry { AttemptUnresolved = ToStored(news.No, news.Outcome, news.Source) },
        AttemptClaimed claim => new Entry { AttemptClaimed = ToStored(claim.No, claim.Outcome) },
        AttemptEnded end => new Entry { AttemptEnded = ToStored(end.No, end.Outcome, end.Source) },
        PaymentSucceeded => new Entry { Succeeded = new PlainEvent() },
        PaymentFailed failed => new Entry { Failed = OutcomeCodec.ToStored(failed.Failure) },
        PaymentRecalled recalled => new Entry { Recalled = PaymentCodec.ToStored(recalled.Payment) },
        PaymentClosed => new Entry { Closed = new PlainEvent() },
        PaymentSuspended => new Entry { Suspended = new PlainEvent() },
        CaseOpened opened => new Entry
        {
            CaseOpened = new CaseOpenedEvent
            {
                Reason = (int)opened.Reason,
                AttemptNo = opened.AttemptNo,
                Evidence = opened.Evidence,
                Told = OutcomeCodec.OrNull(opened.Told),
                Against = OutcomeCodec.OrNull(opened.Against),
                Source = ToStored(opened.Source),
            },
        },
        AttemptStillUnknown still => new Entry
        {
            AttemptStillUnknown = new StillUnknownEvent { No = still.No, Seconds = (long)still.For.TotalSeconds },
        },
        DecisionProposed or DecisionApproved or DecisionRejected or DecisionExpired =>
            DecisionCodec.ToStored((DecisionEvent)@event),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no stored form."),
    };

    private static AttemptNewsEvent ToStored(int no, Outcome outcome, ReportSource? source = null) =>
        new() { No = no, Outcome = OutcomeCodec.ToStored(outcome), Source = ToStored(source) };

    private static int ToStored(ReportSource? source) => (int)source.GetValueOrDefault();

    private static ReportSource? ToSource(int stored) => stored == 0 ? null : stored.ToKnown<ReportSource>();

    private static PaymentEvent ToEvent(Entry entry)
    {
        var at = entry.At.ToTime();
        return entry.EventCase switch
        {
            Entry.EventOneofCase.Accepted =>
                new PaymentAccepted(at, ContentCodec.ToContent(entry.Accepted.Content), entry.Accepted.ExpiresAt.ToTime()),
            Entry.EventOneofCase.AttemptStarted => ToStarted(at, entry.AttemptStarted),
            Entry.EventOneofCase.AttemptUnresolved =>
                new AttemptUnresolved(at, entry.AttemptUnresolved.No, OutcomeCodec.ToOutcome(entry.AttemptUnresolved.Outcome))
                {
                    Source = ToSource(entry.AttemptUnresolved.Source),
                },
            Entry.EventOneofCase.AttemptClaimed =>
                new AttemptClaimed(at, entry.AttemptClaimed.No, OutcomeCodec.ToOutcome(entry.AttemptClaimed.Outcome)),
            Entry.EventOneofCase.AttemptEnded =>
                new AttemptEnded(at, entry.AttemptEnded.No, OutcomeCodec.ToOutcome(entry.AttemptEnded.Outcome))
                {
                    Source = ToSource(entry.AttemptEnded.Source),
                },
            Entry.EventOneofCase.Succeeded => new PaymentSucceeded(at),
            Entry.EventOneofCase.Failed => new PaymentFailed(at, OutcomeCodec.ToFailure(entry.Failed)),
            Entry.EventOneofCase.Recalled => new PaymentRecalled(at, PaymentCodec.ToPayment(entry.Recalled)),
            Entry.EventOneofCase.Closed => new PaymentClosed(at),
            Entry.EventOneofCase.Suspended => new PaymentSuspended(at),
            Entry.EventOneofCase.CaseOpened => ToOpened(at, entry.CaseOpened),
            Entry.EventOneofCase.AttemptStillUnknown => new AttemptStillUnknown(
                at, entry.AttemptStillUnknown.No, TimeSpan.FromSeconds(entry.AttemptStillUnknown.Seconds)),
            Entry.EventOneofCase.DecisionProposed => DecisionCodec.ToProposed(at, entry.DecisionProposed.Proposal),
            Entry.EventOneofCase.DecisionApproved => DecisionCodec.ToApproved(at, entry.DecisionApproved),
            Entry.EventOneofCase.DecisionRejected => new DecisionRejected(
                at, entry.DecisionRejected.No, DecisionCodec.ToPerson(entry.DecisionRejected.By), entry.DecisionRejected.Reason),
            Entry.EventOneofCase.DecisionExpired => new DecisionExpired(at, entry.DecisionExpired.No),
            Entry.EventOneofCase.None => throw new InvalidDataException(
                $"An event of payment {entry.Payment} is of a kind that this version does not know."),
        };
    }

    private static CaseOpened ToOpened(DateTimeOffset at, CaseOpenedEvent opened) => new(
        at, opened.Reason.ToKnown<CaseReason>(), opened.AttemptNo, opened.Evidence)
    {
        Told = OutcomeCodec.OrNull(opened.Told),
        Against = OutcomeCodec.OrNull(opened.Against),
        Source = ToSource(opened.Source),
    };

    private static AttemptStarted ToStarted(DateTimeOffset at, AttemptStartedEvent started) => new(
        at, started.No, ChannelId.Unchecked(started.Channel), started.SendBefore.ToTime(),
        ReasonsCodec.ToReasons(started.Reasons))
    {
        Target = TargetCodec.ToTarget(started.Target),
    };
}
