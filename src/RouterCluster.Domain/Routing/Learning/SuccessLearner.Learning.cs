namespace RouterCluster.Domain.Routing.Learning;

/// <content>How ends of attempts become knowledge.</content>
public sealed partial class SuccessLearner
{
    private void Learn(int index, in LoggedAttempt logged, double nowS)
    {
        var channel = Channel(index);
        var cell = Cell(logged.Segment.Index, index);
        var segment = Segment(logged.Segment.Index);
        var usual = UsualSuccess(channel, cell, Terms(segment), logged.Segment.Product);
        var isOfThisRegime = IsOfThisRegime(logged, channel, cell);
        var isOut = channel.Outage.IsOn || cell.Outage.IsOn;
        var belief = BeliefOf(logged, isOfThisRegime && !isOut, usual, nowS);
        var (seen, weight) = (Seen(logged.End), belief * Weight(channel, logged, belief, nowS));
        if (weight == 0 || !isOfThisRegime)
        {
            return;
        }

        if (isOut)
        {
            LearnInOutage(index, logged.Segment, seen, weight, usual, nowS);
            return;
        }

        segment.Baseline.Fade(nowS, SegmentHalfLifeS(segment));
        segment.Count(seen, weight, limits.PlentifulSuccess);
        Count(segment, channel, cell, logged.Segment, seen, weight);
        cell.Fall.Add(seen, weight, usual, limits.FallRatio);
        cell.SmallFall.Add(seen, weight, usual, limits.SmallFallRatio);
        channel.Fall.Add(seen, weight, usual, limits.FallRatio);
        LookForOutage(index, logged.Segment, nowS);
    }

    /// <summary>What the end counts because of who pays; which learns from it too, but from an outage there is nothing.</summary>
    private double BeliefOf(in LoggedAttempt logged, bool learns, double usual, double nowS)
    {
        var belief = _sources.Belief(logged.Source);
        if (learns && logged.End != AttemptEnd.NoEvidence)
        {
            _sources.Add(logged.Source, Seen(logged.End), usual, belief, nowS, SourceHalfLifeS());
        }

        return logged.End == AttemptEnd.Succeeded ? 1 : belief;
    }

    /// <summary>Customers' faults count nothing, unless they have come in place of all the channel's successes.</summary>
    private double Weight(ChannelMemory channel, in LoggedAttempt logged, double belief, double nowS)
    {
        if (logged.End == AttemptEnd.CustomerFault)
        {
            channel.Declines.Add(logged.DispatchedS, belief);
            return channel.Declines.Replace(limits.CustomerFaultsInARow, limits.SuccessesMissed) ? 1 : 0;
        }

        if (logged.End == AttemptEnd.Succeeded)
        {
            channel.Declines.Break(logged.DispatchedS, nowS);
        }

        return Weight(logged.End);
    }

    /// <summary>The difference between truth and guess, faded as the guess has. What an outage taught is left alone.</summary>
    private void Recount(int index, in LoggedAttempt logged, AttemptEnd was, double nowS)
    {
        var channel = Channel(index);
        var cell = Cell(logged.Segment.Index, index);
        if (IsOfThisRegime(logged, channel, cell) && !channel.Outage.IsOn && !cell.Outage.IsOn)
        {
            var faded = double.Exp2(-(nowS - logged.EndedS) / ChannelHalfLifeS());
            Count(
                Segment(logged.Segment.Index), channel, cell, logged.Segment,
                faded * (Seen(logged.End) - Seen(was)), faded * (Weight(logged.End) - Weight(was)));
        }
        else if (IsOfThisRegime(logged, channel, cell) && logged is { WasGivenUp: true, End: AttemptEnd.Succeeded })
        {
            // It decides well after all: that is how an outage ends, however late the decision.
            var segment = Segment(logged.Segment.Index);
            var usual = UsualSuccess(channel, cell, Terms(segment), logged.Segment.Product);
            LearnInOutage(index, logged.Segment, 1, 1, usual, nowS);
        }
    }

    private void Count(
        SegmentMemory segment, ChannelMemory channel, CellMemory cell, Segment id, double seen, double weight)
    {
        var expected = weight * segment.Success;
        var most = MostOutcomes(segment);
        segment.Baseline.Add(seen, weight * ShareOfAbsentLeader(channel, cell, id), most);
        cell.Tally.Add(seen, expected, Math.Min(most, limits.MostOutcomes) / segment.Rarity);
        channel.Product(id.Product).Add(seen, expected, limits.MostOutcomes);
        channel.Tally.Add(seen, expected, limits.MostOutcomes);
    }

    /// <summary>
    /// How the channel usually does compared with the best one that is out. The baseline is what the segment could do
    /// with all its channels: it must not sink, and lift the others, because a better channel is away.
    /// </summary>
    private double ShareOfAbsentLeader(ChannelMemory channel, CellMemory cell, Segment id)
    {
        if (_outages == 0)
        {
            return 1;
        }

        var terms = Terms(Segment(id.Index));
        var own = Ratio(channel, cell, terms, id.Product).Ratio;
        var best = own;
        var row = _cells.Row(id.Index);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } other && (other.Outage.IsOn || _channels[i].Outage.IsOn))
            {
                best = Math.Max(best, Ratio(_channels[i], other, terms, id.Product).Ratio);
            }
        }

        return own / best;
    }

    /// <summary>What turned out to be an outage is no evidence of how the channel usually does.</summary>
    private void TakeBack(SegmentMemory segment, ChannelMemory channel, CellMemory cell, in FallDetector fall)
    {
        var (seen, expected) = (fall.RunSeen, fall.RunExpected);
        segment.Baseline.TakeBack(seen, expected / segment.Success, MostOutcomes(segment));
        cell.Tally.TakeBack(seen, expected, Math.Min(MostOutcomes(segment), limits.MostOutcomes) / segment.Rarity);
        channel.Product(segment.Product).TakeBack(seen, expected, limits.MostOutcomes);
        channel.Tally.TakeBack(seen, expected, limits.MostOutcomes);
    }
}
