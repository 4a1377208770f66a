namespace RouterCluster.Domain.Routing.Learning;

/// <content>What the learner thinks of candidates.</content>
public sealed partial class SuccessLearner
{
    private const double DownBelow = 0.6;
    private const double DownPenalty = 100;
    private const double FullPenalty = 50;
    private const double ProbesPerSecond = 0.5;
    private const double OutageProbesPerSecond = 1;
    private const double InFlightOfProbes = 2;

    /// <summary>Writes success and score into each candidate, and into one at most that it is due for a probe.</summary>
    public void Rate(in RouteQuestion question, Span<Candidate> candidates)
    {
        var nowS = question.Now.TotalSeconds;
        var segment = Segment(question.Segment.Index);
        var halfLives = (SegmentHalfLifeS(segment), ChannelHalfLifeS());
        var noise = new NormalTable(question.Draw);
        var (due, dueLevel) = (-1, 1.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var candidate = ref candidates[i];
            var channel = Channel(candidate.Index);
            var cell = Cell(question.Segment.Index, candidate.Index);
            Fade(channel, cell, question.Segment.Product, halfLives, nowS);
            var chance = question.MayExplore ? limits.Noise * noise.Next() : 0;
            Rate(ref candidate, channel, cell, segment.Success, chance, question.Segment);

            ref var token = ref channel.Outage.IsOn ? ref channel.Token : ref cell.Token;
            FillToken(ref token, channel.Outage.IsOn || cell.Outage.IsOn, nowS);
            if (token.Level >= dueLevel && candidate.InFlight < Math.Max(InFlightOfProbes, channel.Window))
            {
                (due, dueLevel) = (i, token.Level);
            }
        }

        if (due >= 0 && question.MayExplore)
        {
            candidates[due] = candidates[due] with { IsDueForProbe = true };
        }
    }

    /// <summary>The candidate was chosen: it needs no probe for a while.</summary>
    public void Chosen(Segment segment, int channel)
    {
        Cell(segment.Index, channel).Token.Empty();
        Channel(channel).Token.Empty();
    }

    private void Fade(
        ChannelMemory channel, CellMemory cell, int product, (double Segment, double Channel) halfLivesS, double nowS)
    {
        LookForHang(channel, nowS);
        channel.Tally.Fade(nowS, halfLivesS.Channel);
        channel.Product(product).Fade(nowS, halfLivesS.Channel);
        cell.Tally.Fade(nowS, halfLivesS.Segment);
    }

    private void Rate(
        ref Candidate candidate, ChannelMemory channel, CellMemory cell, double success, double noise, Segment segment)
    {
        var (ratio, outcomes) = Ratio(channel, cell, segment.Product);
        var factor = cell.Outage.Factor * channel.Outage.Factor;
        ratio *= factor;
        if (channel.Outage.IsOn || cell.Outage.IsOn)
        {
            outcomes = Math.Min(outcomes, 1 + (channel.Outage.IsOn ? channel.Outage.Expected : cell.Outage.Expected));
        }

        var doubt = Math.Sqrt(Math.Max(ratio, 0.1) * Math.Max(0.02, 1 - (success * ratio)) / outcomes);
        var isFull = candidate.InFlight >= Math.Min(channel.Window, candidate.Budget);

        // Down and full ones still have their order: when all are, the least bad is taken.
        candidate = candidate with
        {
            Success = Math.Clamp(success * ratio, 0, 1),
            Doubt = success * doubt * Math.Sqrt(outcomes / Math.Min(outcomes, Evidence(channel, cell, segment.Product))),
            Score = ratio + (noise * doubt) - (factor < DownBelow ? DownPenalty : 0) - (isFull ? FullPenalty : 0),
            IsDueForProbe = false,
        };
    }

    /// <summary>Success relative to the segment, and how many outcomes it rests on.</summary>
    private (double Ratio, double Outcomes) Ratio(ChannelMemory channel, CellMemory cell, int product)
    {
        var whole = channel.Tally.Ratio(limits.Prior, limits.PriorOutcomes);
        var ofProduct = channel.Product(product).Ratio(whole, limits.ProductPriorOutcomes);
        return (
            cell.Tally.Ratio(ofProduct, limits.SegmentPriorOutcomes),
            cell.Tally.Expected + limits.SegmentPriorOutcomes);
    }

    /// <summary>Outcomes behind the ratio: what is inherited is worth no more than was seen where it comes from.</summary>
    private double Evidence(ChannelMemory channel, CellMemory cell, int product)
    {
        var whole = channel.Tally.Expected + limits.PriorOutcomes;
        var ofProduct = channel.Product(product).Expected + Math.Min(limits.ProductPriorOutcomes, whole);
        return cell.Tally.Expected + Math.Min(limits.SegmentPriorOutcomes, ofProduct);
    }

    private void FillToken(ref ProbeToken token, bool outage, double nowS)
    {
        if (outage)
        {
            token.Fill(limits.OutageProbes, OutageProbesPerSecond, nowS);
        }
        else
        {
            token.Fill(limits.Probes, ProbesPerSecond, nowS);
        }
    }
}
