namespace RouterCluster.Domain.Routing.Learning;

/// <content>How a channel that stops answering is noticed before its timeouts are.</content>
public sealed partial class SuccessLearner
{
    private const double FewestBetweenFalseAlarms = 55;

    private void LookForHang(ChannelMemory channel, double nowS)
    {
        channel.Hang.Next = Math.Max(channel.Hang.Next, channel.Attempts.Oldest);
        while (channel.Hang.Next < channel.Attempts.Next)
        {
            if (channel.Attempts.Has(channel.Hang.Next))
            {
                ref readonly var attempt = ref channel.Attempts.Slot(channel.Hang.Next);
                var dueS = attempt.DispatchedS + LateAgeS(channel);
                if (dueS > nowS)
                {
                    return;
                }

                Look(channel, isLate: attempt.IsOpen || attempt.EndedS > dueS);
            }

            channel.Hang.Next++;
        }
    }

    private void Look(ChannelMemory channel, bool isLate)
    {
        channel.Hang.Look(isLate, channel.Rate.PerSecond, learns: !channel.Outage.IsOn, channel.Decisions.AgeS);
        var threshold = Math.Log(Math.Max(FewestBetweenFalseAlarms, limits.FalseAlarmS * channel.Rate.PerSecond));
        if (channel.Hang.Sum > Math.Min(limits.MostAlarm, threshold))
        {
            channel.Suspect();
            channel.Hang.Forget();
        }
    }
}
