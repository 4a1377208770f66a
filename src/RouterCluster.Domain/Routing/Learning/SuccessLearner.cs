namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// Learns how channels do relative to each other in each segment. Mutable, with one owner; deterministic; nothing is
/// allocated once a channel and segment are known.
/// </summary>
public sealed class SuccessLearner
{
    private const double InFlightOfProbes = 2;
    private const double ShortestUsualS = 1;

    private readonly LearningLimits _limits;
    private readonly LearnerMemory _memory;
    private readonly SourceMemory _sources;
    private readonly OutageWatch _outages;
    private readonly CandidateRating _rating;

    public SuccessLearner(LearningLimits limits)
    {
        _limits = limits;
        _memory = new LearnerMemory(limits);
        _sources = new SourceMemory(limits);
        _outages = new OutageWatch(limits, _memory);
        _rating = new CandidateRating(limits, _memory);
    }

    public bool Knows(in RoutedAttempt attempt) => _memory.Channel(attempt.Channel).Attempts.Has(attempt.Number);

    public void Dispatched(in RoutedAttempt attempt, TimeSpan now)
    {
        var nowS = now.TotalSeconds;
        var channel = _memory.Channel(attempt.Channel);
        var cell = _memory.Cell(attempt.Segment.Index, attempt.Channel);
        var segment = _memory.Segment(attempt.Segment.Index);
        segment.Product = attempt.Segment.Product;
        segment.Gap.Add(nowS);
        _memory.Gap.Add(nowS);
        channel.Rate.Add(nowS);
        cell.Token.Empty();
        channel.Token.Empty();
        channel.StandIn.Empty();
        ref var logged = ref channel.Attempts.Add(attempt.Number, out var forgotten);
        channel.Undecided -= forgotten;
        logged.DispatchedS = nowS;
        logged.OverdueS = nowS + channel.PatienceBeforeEvidenceS;
        logged.Segment = attempt.Segment;
        logged.Source = attempt.Source;
        logged.ChannelEpoch = channel.Epoch;
        logged.CellEpoch = cell.Epoch;
        channel.LookForHang(nowS);
    }

    /// <summary>A second end of an attempt is taken as the truth that became known later.</summary>
    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        var channel = _memory.Channel(attempt.Channel);
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
            channel.Take(ref logged);
            return;
        }

        logged.End = end;
        logged.EndedS = now.TotalSeconds;
        channel.CountAnswer(isUndecided: false);
        channel.Acknowledge(end);
        channel.LookForHang(now.TotalSeconds);
        Learn(attempt.Channel, logged, now.TotalSeconds);
    }

    /// <summary>A late truth takes back what was counted for the guess, as far as that is still remembered.</summary>
    public void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now)
    {
        var channel = _memory.Channel(attempt.Channel);
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
                channel.LearnTime(ref logged, truth, now.TotalSeconds);
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

    public void Rate(in RouteQuestion question, Span<Candidate> candidates)
    {
        var nowS = question.Now.TotalSeconds;
        var segment = _memory.Segment(question.Segment.Index);
        var terms = _memory.Terms(segment);
        var halfLives = (_memory.SegmentHalfLifeS(segment), _memory.ChannelHalfLifeS());
        var noise = new NormalTable(question.Draw);
        var chance = question.MayExplore ? _limits.Noise * Math.Sqrt(Math.Sqrt(_memory.Scarcity(segment))) : 0;
        var (due, dueLevel) = (-1, 1.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var candidate = ref candidates[i];
            var channel = _memory.Channel(candidate.Index);
            var cell = _memory.Cell(question.Segment.Index, candidate.Index);
            Fade(channel, cell, question.Segment.Product, halfLives, nowS);
            GiveUpOverdue(candidate.Index, nowS);
            _rating.Rate(ref candidate, channel, cell, terms, chance * noise.Next(), question.Segment.Product);

            var level = question.MayExplore
                ? _rating.FillProbe(channel, cell, nowS)
                : _rating.FillStandIn(channel, cell, candidate.IsProbe, nowS);
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

    public void Chosen(Segment segment, int channel)
    {
        _memory.Cell(segment.Index, channel).Token.Empty();
        _memory.Channel(channel).Token.Empty();
        _memory.Channel(channel).StandIn.Empty();
    }

    public TimeSpan Patience(int channel) =>
        TimeSpan.FromSeconds(Math.Max(ShortestUsualS, _memory.Channel(channel).PatienceS));

    /// <summary>Catches up with the clock where no payment does.</summary>
    public void Advance(TimeSpan now)
    {
        for (var index = 0; index < _memory.Channels.Length; index++)
        {
            _memory.Channels[index].LookForHang(now.TotalSeconds);
            GiveUpOverdue(index, now.TotalSeconds);
        }
    }

    public OutageLevel Level(int channel, int product) => _outages.Level(channel, product);

    /// <summary>An attempt that was sent before an outage began or ended is evidence of the time before.</summary>
    private static bool IsOfThisRegime(in LoggedAttempt logged, ChannelMemory channel, CellMemory cell) =>
        logged.ChannelEpoch == channel.Epoch && logged.CellEpoch == cell.Epoch;

    private static double Seen(AttemptEnd end) => end == AttemptEnd.Succeeded ? 1 : 0;

    private static double Weight(AttemptEnd end) => end switch
    {
        AttemptEnd.Succeeded or AttemptEnd.ChannelFault or AttemptEnd.Unknown => 1,
        AttemptEnd.CustomerFault or AttemptEnd.NoEvidence or AttemptEnd.Undecided => 0,
    };

    private void Fade(
        ChannelMemory channel, CellMemory cell, int product, (double Segment, double Channel) halfLivesS, double nowS)
    {
        channel.LookForHang(nowS);
        channel.Tally.Fade(nowS, halfLivesS.Channel);
        channel.Product(product).Fade(nowS, halfLivesS.Channel);
        cell.Tally.Fade(nowS, halfLivesS.Segment);
    }

    private void GiveUpOverdue(int index, double nowS)
    {
        var channel = _memory.Channels[index];
        if (channel.Undecided == 0)
        {
            return;
        }

        channel.NextOverdue = Math.Max(channel.NextOverdue, channel.Attempts.Oldest);
        while (channel.NextOverdue < channel.Attempts.Next)
        {
            if (channel.Attempts.Has(channel.NextOverdue))
            {
                ref var logged = ref channel.Attempts.Slot(channel.NextOverdue);
                if (logged.IsOpen && logged.OverdueS > nowS)
                {
                    return;
                }

                if (logged.End == AttemptEnd.Undecided)
                {
                    channel.Undecided--;
                    (logged.End, logged.EndedS, logged.WasGivenUp) = (AttemptEnd.Unknown, nowS, true);
                    Learn(index, logged, nowS);
                }
            }

            channel.NextOverdue++;
        }
    }

    private void Learn(int index, in LoggedAttempt logged, double nowS)
    {
        var channel = _memory.Channel(index);
        var cell = _memory.Cell(logged.Segment.Index, index);
        var segment = _memory.Segment(logged.Segment.Index);
        var usual = _memory.UsualSuccess(channel, cell, _memory.Terms(segment), logged.Segment.Product);
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
            _outages.Learn(index, logged.Segment, seen, weight, usual, nowS);
            return;
        }

        segment.Baseline.Fade(nowS, _memory.SegmentHalfLifeS(segment));
        segment.Count(seen, weight, _limits.PlentifulSuccess);
        Count(segment, channel, cell, logged.Segment, seen, weight);
        cell.Fall.Add(seen, weight, usual, _limits.FallRatio);
        cell.SmallFall.Add(seen, weight, usual, _limits.SmallFallRatio);
        channel.Fall.Add(seen, weight, usual, _limits.FallRatio);
        _outages.LookForFall(index, logged.Segment, nowS);
    }

    /// <summary>The weight of the end because of who pays. The source is learned from too, except during an outage.</summary>
    private double BeliefOf(in LoggedAttempt logged, bool learns, double usual, double nowS)
    {
        var belief = _sources.Belief(logged.Source);
        if (learns && logged.End != AttemptEnd.NoEvidence)
        {
            _sources.Add(logged.Source, Seen(logged.End), usual, belief, nowS, _memory.SourceHalfLifeS());
        }

        return logged.End == AttemptEnd.Succeeded ? 1 : belief;
    }

    /// <summary>Customers' faults count nothing, unless they have replaced all of the channel's successes.</summary>
    private double Weight(ChannelMemory channel, in LoggedAttempt logged, double belief, double nowS)
    {
        if (logged.End == AttemptEnd.CustomerFault)
        {
            channel.Declines.Add(logged.DispatchedS, belief);
            return channel.Declines.Replace(_limits.CustomerFaultsInARow, _limits.SuccessesMissed) ? 1 : 0;
        }

        if (logged.End == AttemptEnd.Succeeded)
        {
            channel.Declines.Break(logged.DispatchedS, nowS);
        }

        return Weight(logged.End);
    }

    /// <summary>Adds the difference between truth and guess, faded as the guess has.</summary>
    private void Recount(int index, in LoggedAttempt logged, AttemptEnd was, double nowS)
    {
        var channel = _memory.Channel(index);
        var cell = _memory.Cell(logged.Segment.Index, index);
        if (IsOfThisRegime(logged, channel, cell) && !channel.Outage.IsOn && !cell.Outage.IsOn)
        {
            var faded = double.Exp2(-(nowS - logged.EndedS) / _memory.ChannelHalfLifeS());
            Count(
                _memory.Segment(logged.Segment.Index), channel, cell, logged.Segment,
                faded * (Seen(logged.End) - Seen(was)), faded * (Weight(logged.End) - Weight(was)));
        }
        else if (IsOfThisRegime(logged, channel, cell) && logged is { WasGivenUp: true, End: AttemptEnd.Succeeded })
        {
            // The channel has decided well after all: so an outage ends, however late the decision.
            var segment = _memory.Segment(logged.Segment.Index);
            var usual = _memory.UsualSuccess(channel, cell, _memory.Terms(segment), logged.Segment.Product);
            _outages.Learn(index, logged.Segment, 1, 1, usual, nowS);
        }
    }

    private void Count(
        SegmentMemory segment, ChannelMemory channel, CellMemory cell, Segment id, double seen, double weight)
    {
        var expected = weight * segment.Success;
        var most = _memory.MostOutcomes(segment);
        segment.Baseline.Add(seen, weight * _outages.ShareOfAbsentLeader(channel, cell, id), most);
        cell.Tally.Add(seen, expected, Math.Min(most, _limits.MostOutcomes) / segment.Rarity);
        channel.Product(id.Product).Add(seen, expected, _limits.MostOutcomes);
        channel.Tally.Add(seen, expected, _limits.MostOutcomes);
    }
}
