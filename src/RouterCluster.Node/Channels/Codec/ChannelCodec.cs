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
            StoredChannelEvent.EventOneofCase.Adjusted => ToAdjusted(at, stored.Adjusted),
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
                stored.Adjusted = ToStored(adjusted);
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

    private static StoredAdjustment ToStored(ChannelAdjusted adjusted)
    {
        var stored = new StoredAdjustment { By = adjusted.By, Reason = adjusted.Reason, Resets = (int)adjusted.Resets };
        if (adjusted.Lifecycle is { } lifecycle)
        {
            stored.Lifecycle = (int)lifecycle;
        }

        if (adjusted.SubmitConcurrency is { } submitConcurrency)
        {
            stored.SubmitConcurrency = submitConcurrency;
        }

        if (adjusted.SubmitRatePerSecond is { } submitRate)
        {
            stored.SubmitRatePerSecond = submitRate;
        }

        if (adjusted.QueryConcurrency is { } queryConcurrency)
        {
            stored.QueryConcurrency = queryConcurrency;
        }

        if (adjusted.QueryRatePerSecond is { } queryRate)
        {
            stored.QueryRatePerSecond = queryRate;
        }

        if (adjusted.Weight is { } weight)
        {
            stored.Weight = weight;
        }

        if (adjusted.Isolated is { } isolated)
        {
            stored.Isolated = isolated;
        }

        return stored;
    }

    private static ChannelAdjusted ToAdjusted(DateTimeOffset at, StoredAdjustment stored) => new(at, stored.By, stored.Reason)
    {
        Lifecycle = stored.HasLifecycle ? stored.Lifecycle.ToKnown<ChannelLifecycle>() : null,
        SubmitConcurrency = stored.HasSubmitConcurrency ? stored.SubmitConcurrency : null,
        SubmitRatePerSecond = stored.HasSubmitRatePerSecond ? stored.SubmitRatePerSecond : null,
        QueryConcurrency = stored.HasQueryConcurrency ? stored.QueryConcurrency : null,
        QueryRatePerSecond = stored.HasQueryRatePerSecond ? stored.QueryRatePerSecond : null,
        Weight = stored.HasWeight ? stored.Weight : null,
        Isolated = stored.HasIsolated ? stored.Isolated : null,
        Resets = (OverrideKeys)stored.Resets,
    };
}
