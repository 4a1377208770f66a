using Akka.Actor;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Wakes the lanes of all merchants, so that a lane whose node has died starts elsewhere, and forwards wake-ups of
/// others. It stops before the region, which while it stops would wait for shards for new messages.
/// </summary>
internal sealed class WebhookCallerActor : ReceiveActor, IWithTimers
{
    private readonly IActorRef _region;
    private readonly IReadOnlyList<MerchantSettings> _merchants;
    private readonly TimeSpan _every;

    public WebhookCallerActor(IActorRef region, IReadOnlyList<MerchantSettings> merchants, TimeSpan every)
    {
        (_region, _merchants, _every) = (region, merchants, every);
        Receive<WakeWebhooks>(wake => _region.Tell(wake));
        Receive<CallAll>(_ =>
        {
            foreach (var merchant in _merchants.Where(merchant => merchant.MayBeNotified))
            {
                _region.Tell(new WakeWebhooks(merchant.Id));
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef region, IReadOnlyList<MerchantSettings> merchants, TimeSpan every) =>
        Akka.Actor.Props.Create(() => new WebhookCallerActor(region, merchants, every));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(CallAll), CallAll.Instance, TimeSpan.Zero, _every);

    private sealed record CallAll : INoSerializationVerificationNeeded
    {
        public static readonly CallAll Instance = new();
    }
}
