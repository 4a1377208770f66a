namespace RouterCluster.Domain.Routing.Learning;

/// <content>What the learner thinks of candidates.</content>
public sealed partial class SuccessLearner
{
    private const double DownBelowWhenPlentiful = 0.6;
    private const double DownPenalty = 100;
    private const double FullPenalty = 50;
    private const double ProbesPerSecond = 0.5;
    private const double OutageProbesPerSecond = 1;
    private const double StandInsPerSecond = 0.2;
    private const double InFlightOfProbes = 2;

    /// <summary>Writes success and score into each candidate, and into one at most that it is due for a probe.</summary>
    public void Rate(in RouteQuestion question, Span<Candidate> candidates)
    {
        var nowS = question.Now.TotalSeconds;
        var segment = Segment(question.Segment.Index);
        var terms = Terms(segment);
        var halfLives = (SegmentHalfLifeS(segment), ChannelHalfLifeS());
        var noise = new NormalTable(question.Draw);
        var chance = question.MayExplore ? limits.Noise * Math.Sqrt(Math.Sqrt(Scarcity(segment))) : 0;
        var (due, dueLevel) = (-1, 1.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var candidate = ref candidates[i];
            var channel = Channel(candidate.Index);
            var cell = Cell(question.Segment.Index, candidate.Index);
            Fade(channel, cell, question.Segment.Product, halfLives, nowS);
            GiveUpOverdue(candidate.Index, nowS);
            Rate(ref candidate, channel, cell, terms, chance * noise.Next(), question.Segment.Product);

            var level = question.MayExplore ? Fill(channel, cell, nowS) : FillStandIn(channel, cell, candidate.IsProbe, nowS);
            if (level >= dueLevel && candidate.InFlight + channel.Undecided < Math.Max(InFlightOfProbes, channel.Window))
            {
                (due, dueLevel) = (i, level);
            }
        }

        if (due >= 0)
        {
            candidates[due] = candidates[due] with
            {
                IsDueForProbe = question.MayExplore,
                IsDueForStandIn = !question.MayExplore,
            };
        }
    }

    /// <summary>The candidate was chosen: it needs no probe for a while.</summary>
    public void Chosen(Segment segment, int channel)
    {
        Cell(segment.Index, channel).Token.Empty();
        Channel(channel).Token.Empty();
        Channel(channel).StandIn.Empty();
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
        ref Candidate candidate, ChannelMemory channel, CellMemory cell, in SegmentTerms terms, double noise, int product)
    {
        var success = terms.Success;
        var (ratio, outcomes) = Ratio(channel, cell, terms, product);
        var factor = cell.Outage.Factor * channel.Outage.Factor;
        ratio *= factor;
        if (channel.Outage.IsOn || cell.Outage.IsOn)
        {
            outcomes = Math.Min(outcomes, 1 + (channel.Outage.IsOn ? channel.Outage.Expected : cell.Outage.Expected));
        }

        var doubt = Math.Sqrt(Math.Max(ratio, 0.1) * Math.Max(0.02, 1 - (success * ratio)) / outcomes);
        var isFull = candidate.InFlight >= candidate.Budget || candidate.InFlight + channel.Undecided >= channel.Window;
        var evidence = Evidence(channel, cell, terms, product);

        // Down and full ones still have their order: when all are, the least bad is taken.
        candidate = candidate with
        {
            Success = Math.Clamp(success * ratio, 0, 1),
            Doubt = success * doubt * Math.Sqrt(outcomes / Math.Min(outcomes, evidence)),
            Score = ratio + (noise * doubt) - (factor < terms.DownBelow ? DownPenalty : 0) - (isFull ? FullPenalty : 0),
            IsDueForProbe = false,
            IsDueForStandIn = false,
        };
    }

    /// <summary>Success relative to the segment, and how many expected successes it rests on.</summary>
    private (double Ratio, double Expected) Ratio(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product)
    {
        var whole = channel.Tally.Ratio(limits.Prior, terms.Prior);
        var ofProduct = channel.Product(product).Ratio(whole, terms.ProductPrior);
        return (cell.Tally.Ratio(ofProduct, terms.SegmentPrior), cell.Tally.Expected + terms.SegmentPrior);
    }

    /// <summary>What share of the segment's payments the channel is expected to succeed with, 0.01–0.985.</summary>
    private double UsualSuccess(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product) =>
        Math.Clamp(terms.Success * Ratio(channel, cell, terms, product).Ratio, 0.01, 0.985);

    /// <summary>What is behind the ratio: what is inherited is worth no more than was seen where it comes from.</summary>
    private static double Evidence(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product)
    {
        var whole = channel.Tally.Expected + terms.Prior;
        var ofProduct = channel.Product(product).Expected + Math.Min(terms.ProductPrior, whole);
        return cell.Tally.Expected + Math.Min(terms.SegmentPrior, ofProduct);
    }

    private SegmentTerms Terms(SegmentMemory segment) => new(
        segment.Success,
        DownBelow(segment),
        limits.PriorOutcomes / segment.Rarity,
        limits.ProductPriorOutcomes / segment.Rarity,
        limits.SegmentPriorOutcomes / segment.Rarity);

    /// <summary>
    /// 1 where most payments succeed, and more where few do. There channels differ by more, one failure says less and
    /// a fall is no outage yet: memories are shorter, alarms later and chance is larger.
    /// </summary>
    private double Scarcity(SegmentMemory segment) => Math.Min(limits.MostScarcity, segment.Rarity * segment.Rarity);

    private double DownBelow(SegmentMemory segment) => DownBelowWhenPlentiful / Scarcity(segment);

    private double Fill(ChannelMemory channel, CellMemory cell, double nowS)
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

    private double ShareOfProbes(ChannelMemory channel)
    {
        var known = 1 + channel.Tally.Expected;
        return known < limits.KnownFrom ? limits.Probes * limits.KnownFrom / known : limits.Probes;
    }

    /// <summary>
    /// A payment too large to find out with stays away from a channel in trouble until smaller ones have shown it well.
    /// Where none come that could, a few of the large ones must, or the channel would never be used again.
    /// </summary>
    private double FillStandIn(ChannelMemory channel, CellMemory cell, bool isHalfOpen, double nowS)
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

    /// <summary>What all candidates of a segment are measured by.</summary>
    /// <param name="Success">What share of the segment's payments succeeds.</param>
    /// <param name="DownBelow">A channel whose success has fallen to less than this part is down.</param>
    /// <param name="Prior">
    /// How many outcomes the priors are worth: an outcome brings the fewer expected successes the less succeeds.
    /// </param>
    private readonly record struct SegmentTerms(
        double Success, double DownBelow, double Prior, double ProductPrior, double SegmentPrior);
}
