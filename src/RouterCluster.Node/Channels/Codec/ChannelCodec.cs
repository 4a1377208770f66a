using System.Diagnostics;
using Google.Protobuf;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Node.Channels.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

/// <summary>Times are kept in whole milliseconds.</summary>
public static class ChannelCodec
{
    public static byte[] Encode(ChannelEvent @event) => ToStored(@event).ToByteArray();

    /// <exception cref="InvalidDataException">This version does not know the kind of the event.</exception>
    public static ChannelEvent DecodeEvent(ReadOnlyMemory<byte> bytes)
    {
        var stored = StoredChannelEvent.Parser.ParseFrom(bytes.Span);
        var at = stored.At.ToTime();
        return stored.EventCase switch
        {
            StoredChannelEvent.EventOneofCase.Adjusted => new ChannelAdjusted(at, ToChange(stored.Adjusted)),
            StoredChannelEvent.EventOneofCase.BreakerMoved => new BreakerMoved(
                at,
                stored.BreakerMoved.Lane.ToKnown<ChannelLane>(),
                stored.BreakerMoved.State.ToKnown<BreakerState>(),
                stored.BreakerMoved.HasOpenUntil ? stored.BreakerMoved.OpenUntil.ToTime() : null)
            {
                Openings = stored.BreakerMoved.HasOpenings ? stored.BreakerMoved.Openings : null,
            },
            StoredChannelEvent.EventOneofCase.Maintenance =>
                new MaintenanceAnnounced(at, stored.Maintenance.Until.ToTime()),
            StoredChannelEvent.EventOneofCase.Throttled => new ThrottleAnnounced(at, stored.Throttled.Until.ToTime()),
            StoredChannelEvent.EventOneofCase.None =>
                throw new InvalidDataException("A channel's event is of a kind that this version does not know."),
        };
    }

    private static StoredChannelEvent ToStored(ChannelEvent @event)
    {
        var stored = new StoredChannelEvent { At = @event.At.ToStored() };
        switch (@event)
        {
            case ChannelAdjusted adjusted:
                stored.Adjusted = ToStored(adjusted.Change);
                return stored;
            case BreakerMoved moved:
                stored.BreakerMoved = ToStored(moved);
                return stored;
            case ThrottleAnnounced throttled:
                stored.Throttled = new StoredThrottle { Until = throttled.Until.ToStored() };
                return stored;
            case MaintenanceAnnounced announced:
                stored.Maintenance = new StoredMaintenance { Until = announced.Until.ToStored() };
                return stored;
            default:
                throw new UnreachableException($"{@event.GetType().Name} has no stored form.");
        }
    }

    private static StoredBreakerMove ToStored(BreakerMoved moved)
    {
        var stored = new StoredBreakerMove { Lane = (int)moved.Lane, State = (int)moved.State };
        if (moved.OpenUntil.ToStored() is { } openUntil)
        {
            stored.OpenUntil = openUntil;
        }

        if (moved.Openings is { } openings)
        {
            stored.Openings = openings;
        }

        return stored;
    }

    internal static StoredAdjustment ToStored(ChannelChange change)
    {
        var stored = new StoredAdjustment
        {
            By = change.By, Reason = change.Reason, Resets = (int)change.Resets, Ended = (int)change.Ended,
            Exclude = change.Exclude is { } scope ? ExclusionCodec.ToStored(scope) : null, ExcludeNo = change.ExcludeNo,
            Plan = change.Plan is { } plan ? MaintenanceCodec.ToStored(plan) : null, PlanNo = change.PlanNo,
        };
        if (change.For is { } time)
        {
            stored.For = (long)time.TotalMilliseconds;
        }

        if (change.Include is { } include)
        {
            stored.Include = include;
        }

        if (change.Unplan is { } unplan)
        {
            stored.Unplan = unplan;
        }

        if (change.Lifecycle is { } lifecycle)
        {
            stored.Lifecycle = (int)lifecycle;
        }

        if (change.SubmitConcurrency is { } submitConcurrency)
        {
            stored.SubmitConcurrency = submitConcurrency;
        }

        if (change.SubmitRatePerSecond is { } submitRate)
        {
            stored.SubmitRatePerSecond = submitRate;
        }

        if (change.QueryConcurrency is { } queryConcurrency)
        {
            stored.QueryConcurrency = queryConcurrency;
        }

        if (change.QueryRatePerSecond is { } queryRate)
        {
            stored.QueryRatePerSecond = queryRate;
        }

        if (change.Weight is { } weight)
        {
            stored.Weight = weight;
        }

        if (change.Isolated is { } isolated)
        {
            stored.Isolated = isolated;
        }

        return stored;
    }

    internal static ChannelChange ToChange(StoredAdjustment stored) => new(stored.By, stored.Reason)
    {
        Lifecycle = stored.HasLifecycle ? stored.Lifecycle.ToKnown<ChannelLifecycle>() : null,
        SubmitConcurrency = stored.HasSubmitConcurrency ? stored.SubmitConcurrency : null,
        SubmitRatePerSecond = stored.HasSubmitRatePerSecond ? stored.SubmitRatePerSecond : null,
        QueryConcurrency = stored.HasQueryConcurrency ? stored.QueryConcurrency : null,
        QueryRatePerSecond = stored.HasQueryRatePerSecond ? stored.QueryRatePerSecond : null,
        Weight = stored.HasWeight ? stored.Weight : null,
        Isolated = stored.HasIsolated ? stored.Isolated : null,
        Resets = (OverrideKeys)stored.Resets,
        For = stored.HasFor ? TimeSpan.FromMilliseconds(stored.For) : null,
        Ended = (OverrideKeys)stored.Ended,
        Exclude = stored.Exclude is { } scope ? ExclusionCodec.ToScope(scope) : null,
        ExcludeNo = stored.ExcludeNo,
        Include = stored.HasInclude ? stored.Include : null,
        Plan = stored.Plan is { } plan ? MaintenanceCodec.ToPlan(plan) : null,
        PlanNo = stored.PlanNo,
        Unplan = stored.HasUnplan ? stored.Unplan : null,
    };
}
