namespace RouterCluster.Domain.Routing.Learning;

/// <content>
/// Orders that a channel has taken and does not decide. Late, they count as late answers do; overdue, they are evidence
/// against the channel, which it gets back by deciding them well.
/// </content>
public sealed partial class SuccessLearner
{
    private const double UsualTimes = 2;
    private const double ShortestUsualS = 1;
    private const double ShortestPatienceS = 10;

    // As long as a common call's timeout and its first questions: what is never decided late says nothing of the usual.
    private const double UnknownPatienceS = 30;
    private const double ManyUndecided = 0.1;

    // Decisions that always take the same time must not be late by a hair, each of them.
    private const double LateTimes = 1.5;

    /// <summary>After so long an undecided attempt is taken for failed, until it is decided.</summary>
    public TimeSpan Patience(int channel) =>
        TimeSpan.FromSeconds(Math.Max(ShortestUsualS, PatienceS(Channel(channel))));

    /// <summary>Catches up with the clock where no payment does.</summary>
    public void Advance(TimeSpan now)
    {
        for (var index = 0; index < _channels.Length; index++)
        {
            LookForHang(_channels[index], now.TotalSeconds);
            GiveUpOverdue(index, now.TotalSeconds);
        }
    }

    private static double PatienceS(ChannelMemory channel) => UsualTimes * Math.Max(channel.Hang.AgeS, channel.Decisions.AgeS);

    private static double PatienceBeforeEvidenceS(ChannelMemory channel) =>
        channel.Decisions.AgeS > 0 ? Math.Max(ShortestPatienceS, PatienceS(channel)) : UnknownPatienceS;

    /// <summary>By what age an attempt is late: where many are decided later, by the age at which those are decided.</summary>
    private static double LateAgeS(ChannelMemory channel) => channel.UndecidedShare > ManyUndecided
        ? Math.Max(channel.Hang.AgeS, LateTimes * channel.Decisions.AgeS)
        : channel.Hang.AgeS;

    private static void Take(ChannelMemory channel, ref LoggedAttempt logged)
    {
        logged.End = AttemptEnd.Undecided;
        channel.Undecided++;
        channel.CountAnswer(isUndecided: true);
        channel.NextOverdue = Math.Min(channel.NextOverdue, logged.Number);
    }

    private void GiveUpOverdue(int index, double nowS)
    {
        var channel = _channels[index];
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

    /// <summary>What the time until the decision teaches, before its result does.</summary>
    private static void LearnTime(ChannelMemory channel, ref LoggedAttempt logged, AttemptEnd truth, double nowS)
    {
        channel.Undecided -= logged.End == AttemptEnd.Undecided ? 1 : 0;
        channel.Decisions.Add(nowS - logged.DispatchedS);
        channel.Acknowledge(truth);
    }
}
