using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Replay;

/// <param name="Capacity">Concurrent submits.</param>
public sealed record RecordedChannel(ChannelId Id, ChannelTerms Terms, int Capacity);

/// <summary>
/// Writes a trace of past payments for replays. Payments come in the order in which they were accepted, and only the open
/// bucket is held. Attempts count in the bucket in which their payment was accepted.
/// </summary>
/// <remarks>
/// A replay needs every channel's success, also without payments in the bucket: such rows repeat the earlier figures with
/// <c>source_n</c> 0.
/// </remarks>
/// <param name="mostBanks">Banks with rows of their own besides those that channels name; payments of further banks are
/// one segment.</param>
public sealed class TraceRecorder(IReadOnlyList<RecordedChannel> channels, TimeSpan bucketLength, int mostBanks = int.MaxValue)
{
    private const string Others = "other";

    private readonly HashSet<string> _named = [.. channels.SelectMany(channel => channel.Terms.Banks)];
    private readonly HashSet<string> _found = [];

    private readonly bool _tellsCurrencies = channels.SelectMany(channel => channel.Terms.Currencies).Distinct().Count() > 1;
    private readonly bool _tellsModes = channels.Select(channel => channel.Terms.Mode).Distinct().Count() > 1;
    private readonly Dictionary<SegmentName, RecordedSegment> _open = [];
    private readonly Dictionary<(SegmentName Segment, ChannelId Channel), RecordedCell> _cells = [];
    private long _bucket = long.MinValue;

    /// <summary>Returns the rows of the bucket that ends with this payment.</summary>
    public IReadOnlyList<TraceRow> Add(Payment payment)
    {
        var bucket = payment.CreatedAt.UtcTicks / bucketLength.Ticks;
        var rows = bucket == _bucket ? [] : Finish();
        _bucket = bucket;
        var content = payment.Content;
        var name = new SegmentName(content.Product, BankOf(content), content.Mode, content.Amount.Currency);
        if (!_open.TryGetValue(name, out var segment))
        {
            segment = new RecordedSegment();
            _open.Add(name, segment);
        }

        segment.Arrivals++;
        foreach (var attempt in payment.Attempts)
        {
            Count(segment, Cell(name, attempt.Channel), attempt);
        }

        return rows;
    }

    public IReadOnlyList<TraceRow> Finish()
    {
        var rows = new List<TraceRow>();
        foreach (var (name, segment) in _open)
        {
            foreach (var channel in channels.Where(channel => name.Fits(channel.Terms)))
            {
                rows.Add(Row(name, segment, channel));
            }
        }

        _open.Clear();
        return rows;
    }

    private string? BankOf(PaymentContent content)
    {
        if (content.Account.Bank is not { } bank || _named.Contains(bank) || _found.Contains(bank))
        {
            return content.Account.Bank;
        }

        return _found.Count < mostBanks && _found.Add(bank) ? bank : Others;
    }

    private static void Count(RecordedSegment segment, RecordedCell cell, Attempt attempt)
    {
        var verdict = attempt.State == AttemptState.Succeeded ? CallVerdict.Success : attempt.Outcome.Verdict();
        if (attempt.State == AttemptState.Processing
            || verdict is not (CallVerdict.Success or CallVerdict.Fault or CallVerdict.Refused or CallVerdict.Answered))
        {
            return;
        }

        segment.Ended++;
        if (verdict == CallVerdict.Answered)
        {
            segment.CustomerFailures++;
        }
        else
        {
            cell.Add(verdict == CallVerdict.Success, attempt.EndedAt - attempt.StartedAt);
        }
    }

    private TraceRow Row(SegmentName name, RecordedSegment segment, RecordedChannel channel)
    {
        var cell = Cell(name, channel.Id).Close();
        return new TraceRow(
            Start: (new DateTimeOffset(_bucket * bucketLength.Ticks, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).TotalSeconds,
            Length: bucketLength.TotalSeconds,
            Segment: Text(name),
            Product: name.Product.Name(),
            Channel: channel.Id.Value,
            IsEligible: true,
            Arrivals: segment.Arrivals,
            Success: cell.Success,
            CustomerFailure: segment.Ended == 0 ? null : segment.CustomerFailures / (double)segment.Ended,
            P50Ms: cell.P50Ms,
            P95Ms: cell.P95Ms,
            LateShare: null,
            Capacity: channel.Capacity,
            SourceCount: cell.Seen);
    }

    /// <summary>The bank alone, unless there are channels of several currencies or modes.</summary>
    private string Text(SegmentName name)
    {
        var mode = name.Mode == ChannelMode.Live ? " live" : " sandbox";
        return (name.Bank ?? "any") + (_tellsCurrencies ? $" {name.Currency}" : "") + (_tellsModes ? mode : "");
    }

    private RecordedCell Cell(SegmentName segment, ChannelId channel)
    {
        if (!_cells.TryGetValue((segment, channel), out var cell))
        {
            cell = new RecordedCell();
            _cells.Add((segment, channel), cell);
        }

        return cell;
    }

    private readonly record struct SegmentName(Product Product, string? Bank, ChannelMode Mode, Currency Currency)
    {
        /// <summary>The channel takes such payments, of some amount.</summary>
        public bool Fits(ChannelTerms terms) =>
            terms.WhyUnfit(Product, new Money(terms.MinAmount, Currency), Bank, Mode) is null;
    }

    private sealed class RecordedSegment
    {
        public long Arrivals { get; set; }

        public long Ended { get; set; }

        public long CustomerFailures { get; set; }
    }
}
