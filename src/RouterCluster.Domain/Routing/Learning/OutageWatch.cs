namespace RouterCluster.Domain.Routing.Learning;

internal sealed class OutageWatch(LearningLimits limits, LearnerMemory memory)
{
    private const double ChannelMargin = 2;
    private const double LeastShareOfOthers = 0.25;
    private const double RecentS = 120;
    private const double LeastBaselineLeft = 0.03;
    private const double PermanentAfterS = 1800;
    private const double PermanentAfterGaps = 200;
    private const double OutcomesOfPermanent = 50;

    // A false alarm in one thin segment must not look like an outage of the product.
    private const double ShareOfSuspected = 0.25;
    private const double ShareOfDown = 0.75;

    /// <summary>Present outages of channels and cells. Usually 0, and then no search for them is needed.</summary>
    private int _outages;

    public void LookForFall(int index, Segment id, double nowS)
    {
        var channel = memory.Channel(index);
        var cell = memory.Cell(id.Index, index);
        var segment = memory.Segment(id.Index);
        var perSecond = channel.Rate.PerSecond;
        var scarcity = memory.Scarcity(segment);
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

    public void Learn(int index, Segment id, double seen, double weight, double usual, double nowS)
    {
        var channel = memory.Channel(index);
        var cell = memory.Cell(id.Index, index);
        var segment = memory.Segment(id.Index);
        ref var outage = ref channel.Outage.IsOn ? ref channel.Outage : ref cell.Outage;
        if (outage.Learn(seen, weight, usual, nowS, LearnerMemory.OutageMemoryS(segment), limits))
        {
            End(index, cell);
        }
        else if (outage.Factor >= memory.DownBelow(segment)
            && nowS - outage.SinceS > Math.Max(PermanentAfterS, PermanentAfterGaps * segment.Gap.MeanS))
        {
            // After so long it is no outage but the channel's usual success.
            cell.Tally.ScaleSeen(outage.Factor);
            cell.Tally.Scale(Math.Min(1, OutcomesOfPermanent / cell.Tally.Expected));
            End(index, cell);
        }
    }

    public OutageLevel Level(int channel, int product)
    {
        if (channel >= memory.Channels.Length)
        {
            return OutageLevel.None;
        }

        var known = memory.Channels[channel];
        if (known.Outage.IsOn)
        {
            return known.Outage.Factor < LearnerMemory.DownBelowWhenPlentiful ? OutageLevel.Down : OutageLevel.Suspected;
        }

        var (expected, fallen, down) = Segments(channel, product);
        if (down >= ShareOfDown * expected && down > 0)
        {
            return OutageLevel.Down;
        }

        return known.IsSuspected || (fallen >= ShareOfSuspected * expected && fallen > 0)
            ? OutageLevel.Suspected
            : OutageLevel.None;
    }

    /// <summary>
    /// The baseline is the success that the segment could have with all its channels: it must not sink, and lift the
    /// others, because a better channel is away.
    /// </summary>
    public double ShareOfAbsentLeader(ChannelMemory channel, CellMemory cell, Segment id)
    {
        if (_outages == 0)
        {
            return 1;
        }

        var terms = memory.Terms(memory.Segment(id.Index));
        var own = memory.Ratio(channel, cell, terms, id.Product).Ratio;
        var best = own;
        var row = memory.Cells.Row(id.Index);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } other && (other.Outage.IsOn || memory.Channels[i].Outage.IsOn))
            {
                best = Math.Max(best, memory.Ratio(memory.Channels[i], other, terms, id.Product).Ratio);
            }
        }

        return own / best;
    }

    /// <summary>A channel's alarm must not come from one segment, with nothing but usual outcomes from the others.</summary>
    private bool IsOfManySegments(double sum, int index)
    {
        var largest = 0.0;
        for (var segment = 0; segment < memory.Cells.Rows; segment++)
        {
            largest = Math.Max(largest, memory.Cells.Find(segment, index)?.Fall.Sum ?? 0);
        }

        return sum - largest > Math.Max(ChannelMargin, LeastShareOfOthers * sum);
    }

    private double Threshold(double perSecond) =>
        Math.Clamp(Math.Log(limits.FalseAlarmS * perSecond), limits.LeastAlarm, limits.MostAlarm);

    private void BeginChannelOutage(int index, double nowS)
    {
        var channel = memory.Channel(index);
        channel.Outage.Begin(channel.Fall.RunSeen, channel.Fall.RunExpected, nowS);
        _outages++;
        channel.Fall.Clear();
        channel.Epoch++;
        for (var segment = 0; segment < memory.Cells.Rows; segment++)
        {
            if (memory.Cells.Find(segment, index) is { } cell)
            {
                TakeBack(memory.Segment(segment), channel, cell, cell.Fall);
                cell.ClearFalls();
                if (cell.Outage.IsOn && nowS - cell.Outage.SinceS < RecentS)
                {
                    EndOutage(cell);
                }
            }
        }
    }

    private void End(int index, CellMemory cell)
    {
        var channel = memory.Channel(index);
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
        for (var segment = 0; segment < memory.Cells.Rows; segment++)
        {
            if (memory.Cells.Find(segment, index) is { Outage.IsOn: true } other && other.Outage.SinceS > sinceS)
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

    /// <summary>When half of a segment's channels fall together, the segment has fallen, and none need be avoided.</summary>
    private void LookForCommonCause(SegmentMemory segment, Segment id, double nowS)
    {
        var recentS = nowS - LearnerMemory.OutageMemoryS(segment);
        var (channels, fallen, seen, expected) = (0, 0, 0.0, 0.0);
        foreach (var cell in memory.Cells.Row(id.Index))
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
        foreach (var cell in memory.Cells.Row(id.Index))
        {
            if (cell is { Outage.IsOn: true } && cell.Outage.SinceS >= recentS)
            {
                EndOutage(cell);
            }
        }
    }

    private void TakeBack(SegmentMemory segment, ChannelMemory channel, CellMemory cell, in FallDetector fall)
    {
        var (seen, expected) = (fall.RunSeen, fall.RunExpected);
        segment.Baseline.TakeBack(seen, expected / segment.Success, memory.MostOutcomes(segment));
        cell.Tally.TakeBack(seen, expected, Math.Min(memory.MostOutcomes(segment), limits.MostOutcomes) / segment.Rarity);
        channel.Product(segment.Product).TakeBack(seen, expected, limits.MostOutcomes);
        channel.Tally.TakeBack(seen, expected, limits.MostOutcomes);
    }

    /// <summary>Expected successes for the product: of all segments, of those in an outage, of those down.</summary>
    private (double Known, double Fallen, double Down) Segments(int channel, int product)
    {
        var (known, fallen, down) = (0.0, 0.0, 0.0);
        for (var segment = 0; segment < memory.Cells.Rows; segment++)
        {
            if (memory.Cells.Find(segment, channel) is { } cell && memory.Segment(segment).Product == product)
            {
                known += cell.Tally.Expected;
                fallen += cell.Outage.IsOn ? cell.Tally.Expected : 0;
                down += cell.Outage.IsOn && cell.Outage.Factor < memory.DownBelow(memory.Segment(segment))
                    ? cell.Tally.Expected
                    : 0;
            }
        }

        return (known, fallen, down);
    }
}
