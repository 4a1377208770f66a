using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>
/// Takes the channel for one entity, waits until it may send, and gives the channel back when it leaves. Messages of its own
/// come to the entity, which hands them over.
/// </summary>
internal sealed class ChannelOwnership(
    ChannelSettings channel, ClaimContext context, LaneContext lanes, IChannelOwner owner, ILoggingAdapter log)
{
    private static readonly TimeSpan TakeAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private OwnerWait? _wait;
    private volatile ChannelClaim? _claim;
    private bool _isTaking;
    private bool _isLeaving;
    private bool _hasWaited;

    public CallsOut Calls { get; } = context.Calls.Of(channel.Id);

    private TimeSpan Now => lanes.Clock.Monotonic;

    /// <summary>Asked last before bytes leave, from any thread.</summary>
    public bool MaySend() => context.Leases.MaySend && _claim?.MaySend(context.Machine.ForClaims()) == true;

    public void Take()
    {
        var self = owner.Self;
        _isTaking = true;
        context.Claims.TakeAsync(channel.Id, channel.LongestCall, () => self.Tell(new Lost(this))).PipeTo(
            self, self, taken => new Taken(this, taken), fault => new Away(this, fault));
    }

    /// <summary>The lanes have stopped, or were given up. A claim that is being stored is given back after that.</summary>
    public void Leave()
    {
        if (!_isLeaving)
        {
            _isLeaving = true;
            owner.Timers.StartSingleTimer(nameof(Released), Released.Instance, ReleaseLimit);
            LeaveIfTaken();
        }
    }

    /// <summary>For an entity that is gone: its calls may still run, and must not send any more.</summary>
    public void End() => _claim?.End();

    /// <summary>False: the message is none of its own.</summary>
    public bool Handle(object message)
    {
        switch (message)
        {
            case TakeAgain:
                Take();
                break;
            case ForOwner { Owner: var other } when other != this:
                // The entity was restarted: what its predecessor asked for is not its own.
                break;
            case Taken taken:
                OnTaken(taken.Claim);
                break;
            case Away away:
                OnAway(away.Why.GetBaseException().Message);
                break;
            case LookAgain:
                Look();
                break;
            case Lost:
                log.Warning("Channel {Channel} is taken by another node: this one sends nothing more", channel.Id);
                owner.Drain();
                break;
            case Released:
                owner.Stop();
                break;
            case Marked:
                break;
            default:
                return false;
        }

        return true;
    }

    private void OnTaken(TakenClaim taken)
    {
        _isTaking = false;
        _wait = new OwnerWait(taken.Last, context.Leases.Incarnation, context.Lease, context.Machine.ForClaims());
        _claim = taken.Claim;
        if (lanes.Troubles.End(ChannelEntity.SubjectOf(channel.Id)))
        {
            log.Info("Channel {Channel} is back", channel.Id);
        }

        Look();
        LeaveIfTaken();
    }

    private void OnAway(string why)
    {
        _isTaking = false;
        if (_isLeaving)
        {
            owner.Stop();
            return;
        }

        if (lanes.Troubles.Begin(ChannelEntity.SubjectOf(channel.Id), $"its claim could not be stored ({why})"))
        {
            log.Warning("Channel {Channel} sends nothing: its claim could not be stored ({Why})", channel.Id, why);
        }

        owner.Timers.StartSingleTimer(nameof(TakeAgain), TakeAgain.Instance, TakeAgainAfter);
    }

    /// <summary>Opens the channel as soon as the calls of all its earlier owners have ended.</summary>
    private void Look()
    {
        if (_wait is null || _claim is not { } claim)
        {
            return;
        }

        var silentFor = _wait.Predecessor is { } predecessor ? context.Leases.SilentFor(predecessor) : null;
        if (!_wait.IsOver(context.Machine.ForClaims(), silentFor, Calls.HaveEnded(Now)))
        {
            if (!_hasWaited)
            {
                _hasWaited = true;
                log.Info("Channel {Channel} waits until the calls of its last owner have ended", channel.Id);
            }

            owner.Timers.StartSingleTimer(nameof(LookAgain), LookAgain.Instance, LookAgainAfter);
            return;
        }

        _wait = null;
        claim.Open();
        if (_hasWaited)
        {
            log.Info("Channel {Channel} sends: the calls of its last owner have ended", channel.Id);
        }

        var self = owner.Self;
        context.Claims.OpenAsync(channel.Id, claim.Epoch, channel.LongestCall).PipeTo(
            self, self, () => Marked.Instance, _ => Marked.Instance);
        owner.MaySendNow();
    }

    private void LeaveIfTaken()
    {
        if (!_isLeaving || _isTaking)
        {
            return;
        }

        _claim?.End();
        if (_claim is not { } claim || _wait is not null || !Calls.HaveEnded(Now))
        {
            owner.Stop();
            return;
        }

        var self = owner.Self;
        context.Claims.ReleaseAsync(channel.Id, claim.Epoch).PipeTo(
            self, self, () => Released.Instance, _ => Released.Instance);
    }

    private abstract record ForOwner(ChannelOwnership Owner) : INoSerializationVerificationNeeded;

    private sealed record Taken(ChannelOwnership Owner, TakenClaim Claim) : ForOwner(Owner);

    /// <summary>Storage does not answer: the channel is taken when it does.</summary>
    private sealed record Away(ChannelOwnership Owner, Exception Why) : ForOwner(Owner);

    private sealed record Lost(ChannelOwnership Owner) : ForOwner(Owner);

    private sealed record TakeAgain : INoSerializationVerificationNeeded
    {
        public static readonly TakeAgain Instance = new();
    }

    private sealed record LookAgain : INoSerializationVerificationNeeded
    {
        public static readonly LookAgain Instance = new();
    }

    /// <summary>A mark that storage did not take only makes a later owner wait longer.</summary>
    private sealed record Marked : INoSerializationVerificationNeeded
    {
        public static readonly Marked Instance = new();
    }

    /// <summary>Also when storage did not answer in time: then the next owner has to wait.</summary>
    private sealed record Released : INoSerializationVerificationNeeded
    {
        public static readonly Released Instance = new();
    }
}

/// <summary>The entity of a channel, as its ownership needs it.</summary>
internal interface IChannelOwner
{
    IActorRef Self { get; }

    ITimerScheduler Timers { get; }

    /// <summary>The calls of all earlier owners have ended.</summary>
    void MaySendNow();

    /// <summary>Nothing new is sent; running calls finish.</summary>
    void Drain();

    void Stop();
}
