using System.Collections.Immutable;

namespace RouterCluster.Domain.Webhooks;

/// <param name="Schedule">The pause before each attempt, the first usually none; after the last attempt it is given up.</param>
/// <param name="Jitter">The share by which pauses vary, so that webhooks that failed together do not return together.</param>
/// <param name="Concurrency">Calls to one endpoint at once.</param>
/// <param name="Page">Notifications of one merchant in memory that wait for a call.</param>
/// <param name="LongestRetryAfter">A receiver asking for a longer pause gets this one.</param>
/// <param name="StoragePause">How long nothing is read or recorded after storage has failed.</param>
public sealed record NotificationPolicy(
    ImmutableArray<TimeSpan> Schedule, double Jitter, int Concurrency, int Calls, int Page, TimeSpan LongestRetryAfter,
    TimeSpan StoragePause)
{
    private const int HostsAtOnce = 4;
    private const int PagesInMemory = 4;

    /// <summary>Room for two hosts at least.</summary>
    public int MostCalls => Math.Max(Calls, 2 * MostCallsOfHost);

    /// <summary>Other hosts go on while all of its endpoints hang. Room for two endpoints at least.</summary>
    public int MostCallsOfHost => Math.Max(Calls / HostsAtOnce, 2 * Concurrency);

    public int MostInMemory => Page * PagesInMemory;

    /// <summary>The limit of one read for each endpoint, so that no endpoint fills the memory.</summary>
    public int MostOfEndpoint => Math.Max(1, Page / PagesInMemory);

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
