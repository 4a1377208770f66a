namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// Learns how channels do relative to each other, segment by segment, from attempts and their ends. Mutable, with one
/// owner; deterministic; nothing is allocated once a channel and segment are known.
/// </summary>
public sealed partial class SuccessLearner(LearningLimits limits)
{
    private readonly PerCell<CellMemory> _cells = new();
    private readonly PerCell<SegmentMemory> _segments = new();
    private readonly SourceMemory _sources = new(limits);
    private ChannelMemory[] _channels = [];
    private ArrivalGap _gap = new(0.01);

    /// <summary>The attempt's dispatch is remembered.</summary>
    public bool Knows(in RoutedAttempt attempt) => Channel(attempt.Channel).Attempts.Has(attempt.Number);

    public void Dispatched(in RoutedAttempt attempt, TimeSpan now)
    {
        var nowS = now.TotalSeconds;
        var channel = Channel(attempt.Channel);
        var cell = Cell(attempt.Segment.Index, attempt.Channel);
        var segment = Segment(attempt.Segment.Index);
        segment.Product = attempt.Segment.Product;
        segment.Gap.Add(nowS);
        _gap.Add(nowS);
        channel.Rate.Add(nowS);
        cell.Token.Empty();
        channel.Token.Empty();
        channel.StandIn.Empty();
        ref var logged = ref channel.Attempts.Add(attempt.Number, out var forgotten);
        channel.Undecided -= forgotten;
        logged.DispatchedS = nowS;
        logged.OverdueS = nowS + PatienceBeforeEvidenceS(channel);
        logged.Segment = attempt.Segment;
        logged.Source = attempt.Source;
        logged.ChannelEpoch = channel.Epoch;
        logged.CellEpoch = cell.Epoch;
        LookForHang(channel, nowS);
    }

    /// <summary>Told again, it is taken as the truth that became known later.</summary>
    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        var channel = Channel(attempt.Channel);
        if (!channel.Attempts.Has(attempt.Number))
        {
            return;
        }

        ref var logged = ref channel.Attempts.Slot(attempt.Number);
        if (logged.End != 0)
        {
            Corrected(attempt, end, now);
            return;
        }

        if (end == AttemptEnd.Undecided)
        {
            Take(channel, ref logged);
            return;
        }

        logged.End = end;
        logged.EndedS = now.TotalSeconds;
        channel.CountAnswer(isUndecided: false);
        channel.Acknowledge(end);
        LookForHang(channel, now.TotalSeconds);
        Learn(attempt.Channel, logged, now.TotalSeconds);
    }

    /// <summary>Late truth takes back what was counted for the guess, as far as that is still remembered.</summary>
    public void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now)
    {
        var channel = Channel(attempt.Channel);
        if (!channel.Attempts.Has(attempt.Number))
        {
            return;
        }

        ref var logged = ref channel.Attempts.Slot(attempt.Number);
        var was = logged.End;
        if (was == 0)
        {
            Ended(attempt, truth, now);
        }
        else if (truth != was && truth is not (AttemptEnd.Unknown or AttemptEnd.NoEvidence or AttemptEnd.Undecided))
        {
            if (was == AttemptEnd.Undecided || logged.WasGivenUp)
            {
                LearnTime(channel, ref logged, truth, now.TotalSeconds);
            }

            logged.End = truth;
            if (was is AttemptEnd.NoEvidence or AttemptEnd.Undecided)
            {
                logged.EndedS = now.TotalSeconds;
                Learn(attempt.Channel, logged, now.TotalSeconds);
            }
            else
            {
                Recount(attempt.Channel, logged, was, now.TotalSeconds);
            }
        }
    }

    /// <summary>Evidence of an attempt that was sent before an outage began or ended speaks of the time before.</summary>
    private static bool IsOfThisRegime(in LoggedAttempt logged, ChannelMemory channel, CellMemory cell) =>
        logged.ChannelEpoch == channel.Epoch && logged.CellEpoch == cell.Epoch;

    private static double Seen(AttemptEnd end) => end == AttemptEnd.Succeeded ? 1 : 0;

    private static double Weight(AttemptEnd end) => end switch
    {
        AttemptEnd.Succeeded or AttemptEnd.ChannelFault or AttemptEnd.Unknown => 1,
        AttemptEnd.CustomerFault or AttemptEnd.NoEvidence or AttemptEnd.Undecided => 0,
    };

    private double SegmentHalfLifeS(SegmentMemory segment) => Math.Clamp(
        limits.SegmentHalfLife / Scarcity(segment) * segment.Gap.MeanS,
        limits.ShortestHalfLifeS, limits.LongestHalfLifeS);

    private double MostOutcomes(SegmentMemory segment) =>
        Math.Max(limits.OutcomesOfS / segment.Gap.MeanS, limits.FewestOutcomes / Scarcity(segment));

    private double SourceHalfLifeS() => Math.Max(limits.SourceHalfLifeS, limits.SourceHalfLife * _gap.MeanS);

    private double ChannelHalfLifeS() =>
        Math.Clamp(limits.ChannelHalfLife * _gap.MeanS, limits.ShortestHalfLifeS, limits.LongestHalfLifeS);

    private ChannelMemory Channel(int index)
    {
        while (index >= _channels.Length)
        {
            Array.Resize(ref _channels, _channels.Length + 1);
            _channels[^1] = new ChannelMemory(limits);
        }

        return _channels[index];
    }

    private SegmentMemory Segment(int index)
    {
        if (_segments.Find(index, 0) is { } known)
        {
            return known;
        }

        var added = new SegmentMemory();
        _segments.Set(index, 0, added);
        return added;
    }

    private CellMemory Cell(int segment, int channel)
    {
        if (_cells.Find(segment, channel) is { } known)
        {
            return known;
        }

        var added = new CellMemory();
        _cells.Set(segment, channel, added);
        return added;
    }
}
