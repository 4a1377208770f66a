using Akka.Actor;

namespace RouterCluster.Node.Channels;

/// <summary>A channel sends it to itself while something that operators have set ends by itself.</summary>
internal sealed record LookAtTimes : INoSerializationVerificationNeeded
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly LookAtTimes Instance = new();

    /// <param name="nextEnd">Null: nothing ends by itself.</param>
    public static void Plan(ITimerScheduler timers, DateTimeOffset? nextEnd)
    {
        if (nextEnd is null)
        {
            timers.Cancel(nameof(LookAtTimes));
        }
        else if (!timers.IsTimerActive(nameof(LookAtTimes)))
        {
            timers.StartPeriodicTimer(nameof(LookAtTimes), Instance, Every);
        }
    }
}
