namespace RouterCluster.Domain.Routing.Learning;

internal sealed class CandidateRating(LearningLimits limits, LearnerMemory memory)
{
    private const double DownPenalty = 100;
    private const double FullPenalty = 50;
    private const double ProbesPerSecond = 0.5;
    private const double OutageProbesPerSecond = 1;
    private const double StandInsPerSecond = 0.2;

    public void Rate(
        ref Candidate candidate, ChannelMemory channel, CellMemory cell, in SegmentTerms terms, double noise, int product)
    {
        var success = terms.Success;
        var (ratio, outcomes) = memory.Ratio(channel, cell, terms, product);
        var factor = cell.Outage.Factor * channel.Outage.Factor;
        ratio *= factor;
        if (channel.Outage.IsOn || cell.Outage.IsOn)
        {
            outcomes = Math.Min(outcomes, 1 + (channel.Outage.IsOn ? channel.Outage.Expected : cell.Outage.Expected));
        }

        var doubt = DoubtOf(ratio, success * ratio, outcomes);
        var isFull = candidate.InFlight >= candidate.Budget || candidate.InFlight + channel.Undecided >= channel.Window;
        var evidence = Evidence(channel, cell, terms, product);

        // Channels that are down or full keep their order: when all are, the least bad one is taken.
        candidate = candidate with
        {
            Success = Math.Clamp(success * ratio, 0, 1),
            Doubt = success * doubt * Math.Sqrt(outcomes / Math.Min(outcomes, evidence)),
            Score = ratio + (noise * doubt) - (factor < terms.DownBelow ? DownPenalty : 0) - (isFull ? FullPenalty : 0),
            IsDueForProbe = false,
            IsDueForStandIn = false,
        };
    }

    /// <summary>The standard deviation of a ratio that so many outcomes have shown, never quite none.</summary>
    public static double DoubtOf(double ratio, double success, double outcomes) =>
        Math.Sqrt(Math.Max(ratio, 0.1) * Math.Max(0.02, 1 - success) / outcomes);

    public double FillProbe(ChannelMemory channel, CellMemory cell, double nowS)
    {
        (channel.ExploredS, cell.ExploredS) = (nowS, nowS);
        ref var token = ref channel.Outage.IsOn ? ref channel.Token : ref cell.Token;
        if (channel.Outage.IsOn || cell.Outage.IsOn)
        {
            token.Fill(limits.OutageProbes, OutageProbesPerSecond, nowS);
        }
        else
        {
            token.Fill(ShareOfProbes(channel), ProbesPerSecond, nowS);
        }

        return token.Level;
    }

    /// <summary>
    /// A payment too large for probes avoids a channel in trouble until smaller ones have succeeded there. If none come, a
    /// few of the large ones must try, or the channel would never be used again.
    /// </summary>
    public double FillStandIn(ChannelMemory channel, CellMemory cell, bool isHalfOpen, double nowS)
    {
        if (double.IsNaN(channel.ExploredS) || double.IsNaN(cell.ExploredS))
        {
            (channel.ExploredS, cell.ExploredS) = (nowS, nowS);
        }

        var isOut = isHalfOpen || channel.Outage.IsOn;
        var exploredS = isOut ? channel.ExploredS : cell.ExploredS;
        if ((!isOut && !cell.Outage.IsOn) || nowS - exploredS < limits.StandInAfterS)
        {
            return 0;
        }

        channel.StandIn.Fill(limits.StandIns, StandInsPerSecond, nowS);
        return channel.StandIn.Level;
    }

    /// <summary>An inherited ratio is worth no more outcomes than were seen where it comes from.</summary>
    private static double Evidence(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product)
    {
        var whole = channel.Tally.Expected + terms.Prior;
        var ofProduct = channel.Product(product).Expected + Math.Min(terms.ProductPrior, whole);
        return cell.Tally.Expected + Math.Min(terms.SegmentPrior, ofProduct);
    }

    private double ShareOfProbes(ChannelMemory channel)
    {
        var known = 1 + channel.Tally.Expected;
        return known < limits.KnownFrom ? limits.Probes * limits.KnownFrom / known : limits.Probes;
    }
}
