using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Replay;

/// <param name="Capacity">Submits that may be in flight at once.</param>
public sealed record RecordedChannel(ChannelId Id, ChannelTerms Terms, int Capacity);

/// <summary>
/// Writes a trace of payments that were made, so that they can be replayed under another policy. Payments come in the
/// order in which they were accepted; only the bucket that is open is held. A payment's attempts count in the bucket in
/// which it was accepted.
/// </summary>
/// <remarks>
/// A replay has to know how every channel would have done, also those that had no payment in the bucket: such rows
/// carry on what was seen before, and say by <c>source_n</c> that nothing was seen now.
/// </remarks>
/// <param name="mostBanks">
/// Banks told apart besides those that channels name: merchants may write any code. Payments of any more are one segment.
/// </param>
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

    /// <summary>The rows of the bucket that the payment ends by being later than it.</summary>
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

    /// <summary>The rows of the last bucket.</summary>
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

    /// <summary>The bank alone says it, unless there are channels of several currencies or modes.</summary>
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
        /// <summary>Whether the channel could take such payments, of an amount that it takes.</summary>
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
