using System.Collections.Immutable;

namespace RouterCluster.Domain.Notifications;

/// <summary>How notifications are delivered.</summary>
/// <param name="Schedule">The pause before each attempt, the first usually none; after the last it is given up.</param>
/// <param name="Jitter">The share by which pauses vary, so that what failed together does not return together.</param>
/// <param name="Concurrency">Calls to one merchant at once.</param>
/// <param name="Page">Notifications of one merchant in memory that wait for a call.</param>
/// <param name="LongestRetryAfter">A receiver's wish beyond this is cut down to it.</param>
/// <param name="StoragePause">How long nothing is read or recorded after storage has failed.</param>
public sealed record NotificationPolicy(
    ImmutableArray<TimeSpan> Schedule, double Jitter, int Concurrency, int Page, TimeSpan LongestRetryAfter,
    TimeSpan StoragePause)
{
    /// <summary>When the attempt after <paramref name="attempts"/> failed ones is due; null: it has been given up.</summary>
    /// <param name="draw">Random, 0 to 1.</param>
    public DateTimeOffset? NextAttempt(int attempts, DeliveryOutcome outcome, DateTimeOffset now, double draw)
    {
        if (attempts >= Schedule.Length)
        {
            return null;
        }

        var pause = Schedule[attempts] * (1 + (Jitter * ((2 * draw) - 1)));
        var asked = outcome.Pause is { } wish && wish > LongestRetryAfter ? LongestRetryAfter : outcome.Pause;
        return now + (asked > pause ? asked.Value : pause);
    }
}
