namespace RouterCluster.Domain.Routing.Learning;

/// <content>How outages begin and end.</content>
public sealed partial class SuccessLearner
{
    private const double ChannelMargin = 2;
    private const double LeastShareOfOthers = 0.25;
    private const double RecentS = 120;
    private const double LeastBaselineLeft = 0.03;
    private const double PermanentAfterS = 1800;
    private const double PermanentAfterGaps = 200;
    private const double OutcomesOfPermanent = 50;

    /// <summary>Of channels and cells, at this moment: mostly none, and then nobody need look for them.</summary>
    private int _outages;

    private void LookForOutage(int index, Segment id, double nowS)
    {
        var channel = Channel(index);
        var cell = Cell(id.Index, index);
        var segment = Segment(id.Index);
        var perSecond = channel.Rate.PerSecond;
        var scarcity = Scarcity(segment);
        var threshold = scarcity * Threshold(Math.Min(1 / segment.Gap.MeanS, perSecond));
        ref readonly var fall = ref cell.Fall.Sum > threshold ? ref cell.Fall : ref cell.SmallFall;

        if (channel.Fall.Sum > (scarcity * Threshold(perSecond)) + ChannelMargin && IsOfManySegments(channel.Fall.Sum, index))
        {
            BeginChannelOutage(index, nowS);
        }
        else if (fall.Sum > threshold)
        {
            cell.Outage.Begin(fall.RunSeen, fall.RunExpected, nowS);
            _outages++;
            cell.Epoch++;
            channel.Fall.Take(cell.Fall.Sum);
            TakeBack(segment, channel, cell, fall);
            cell.ClearFalls();
            LookForCommonCause(segment, id, nowS);
        }
    }

    /// <summary>
    /// A channel's alarm must not be the work of one segment, to which the others have added what is usual. Whichever it
    /// is: the last outcome may be another's.
    /// </summary>
    private bool IsOfManySegments(double sum, int index)
    {
        var largest = 0.0;
        for (var segment = 0; segment < _cells.Rows; segment++)
        {
            largest = Math.Max(largest, _cells.Find(segment, index)?.Fall.Sum ?? 0);
        }

        return sum - largest > Math.Max(ChannelMargin, LeastShareOfOthers * sum);
    }

    private double Threshold(double perSecond) =>
        Math.Clamp(Math.Log(limits.FalseAlarmS * perSecond), limits.LeastAlarm, limits.MostAlarm);

    private void BeginChannelOutage(int index, double nowS)
    {
        var channel = Channel(index);
        channel.Outage.Begin(channel.Fall.RunSeen, channel.Fall.RunExpected, nowS);
        _outages++;
        channel.Fall.Clear();
        channel.Epoch++;
        for (var segment = 0; segment < _cells.Rows; segment++)
        {
            if (_cells.Find(segment, index) is { } cell)
            {
                TakeBack(Segment(segment), channel, cell, cell.Fall);
                cell.ClearFalls();
                if (cell.Outage.IsOn && nowS - cell.Outage.SinceS < RecentS)
                {
                    EndOutage(cell);
                }
            }
        }
    }

    private void LearnInOutage(int index, Segment id, double seen, double weight, double usual, double nowS)
    {
        var channel = Channel(index);
        var cell = Cell(id.Index, index);
        var segment = Segment(id.Index);
        ref var outage = ref channel.Outage.IsOn ? ref channel.Outage : ref cell.Outage;
        if (outage.Learn(seen, weight, usual, nowS, OutageMemoryS(segment), limits))
        {
            End(index, cell);
        }
        else if (outage.Factor >= DownBelow(segment)
            && nowS - outage.SinceS > Math.Max(PermanentAfterS, PermanentAfterGaps * segment.Gap.MeanS))
        {
            // No outage any more but the way it is now.
            cell.Tally.ScaleSeen(outage.Factor);
            cell.Tally.Scale(Math.Min(1, OutcomesOfPermanent / cell.Tally.Expected));
            End(index, cell);
        }
    }

    private void End(int index, CellMemory cell)
    {
        var channel = Channel(index);
        if (!channel.Outage.IsOn)
        {
            EndOutage(cell);
            return;
        }

        var sinceS = channel.Outage.SinceS - RecentS;
        channel.Outage.End();
        _outages--;
        channel.Epoch++;
        channel.ShrinkWindow();
        for (var segment = 0; segment < _cells.Rows; segment++)
        {
            if (_cells.Find(segment, index) is { Outage.IsOn: true } other && other.Outage.SinceS > sinceS)
            {
                EndOutage(other);
            }
        }
    }

    private void EndOutage(CellMemory cell)
    {
        cell.EndOutage();
        _outages--;
    }

    /// <summary>When half of a segment's channels fall together, it is the segment that has fallen: nobody need flee.</summary>
    private void LookForCommonCause(SegmentMemory segment, Segment id, double nowS)
    {
        var recentS = nowS - OutageMemoryS(segment);
        var (channels, fallen, seen, expected) = (0, 0, 0.0, 0.0);
        foreach (var cell in _cells.Row(id.Index))
        {
            channels += cell is null ? 0 : 1;
            if (cell is { Outage.IsOn: true } && cell.Outage.SinceS >= recentS)
            {
                fallen++;
                seen += cell.Outage.Seen;
                expected += cell.Outage.Expected;
            }
        }

        if (fallen < Math.Max(2, (channels + 1) / 2))
        {
            return;
        }

        segment.Baseline.ScaleSeen(Math.Max(LeastBaselineLeft, seen / expected));
        foreach (var cell in _cells.Row(id.Index))
        {
            if (cell is { Outage.IsOn: true } && cell.Outage.SinceS >= recentS)
            {
                EndOutage(cell);
            }
        }
    }

    private static double OutageMemoryS(SegmentMemory segment) => Math.Max(60, 20 * segment.Gap.MeanS);
}
