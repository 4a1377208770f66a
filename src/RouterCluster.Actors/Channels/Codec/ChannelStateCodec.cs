using Google.Protobuf;
using RouterCluster.Actors.Channels.Codec.Stored;
using RouterCluster.Actors.Storage;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Actors.Channels.Codec;

/// <summary>A channel's snapshot.</summary>
public static class ChannelStateCodec
{
    public static byte[] Encode(ChannelState state)
    {
        var stored = new StoredChannelState
        {
            Lifecycle = (int)state.Lifecycle,
            Isolated = state.Isolated,
            Submit = ToStored(state.Submit),
            Query = ToStored(state.Query),
            SubmitBreaker = ToStored(state.SubmitBreaker),
            QueryBreaker = ToStored(state.QueryBreaker),
            Changed = state.Changed is { } changed
                ? new StoredChange { At = changed.At.ToStored(), By = changed.By, What = changed.What, Reason = changed.Reason }
                : null,
        };
        if (state.Weight is { } weight)
        {
            stored.Weight = weight;
        }

        if (state.ClosedUntil.ToStored() is { } closedUntil)
        {
            stored.ClosedUntil = closedUntil;
        }

        return stored.ToByteArray();
    }

    public static ChannelState Decode(ReadOnlyMemory<byte> bytes)
    {
        var stored = StoredChannelState.Parser.ParseFrom(bytes.Span);
        return new ChannelState(
            stored.Lifecycle.ToKnown<ChannelLifecycle>(),
            stored.Isolated,
            ToOverrides(stored.Submit),
            ToOverrides(stored.Query),
            stored.HasWeight ? stored.Weight : null,
            ToMark(stored.SubmitBreaker),
            ToMark(stored.QueryBreaker),
            stored.Changed is { } changed
                ? new OperatorChange(changed.At.ToTime(), changed.By, changed.What, changed.Reason)
                : null)
        {
            ClosedUntil = stored.HasClosedUntil ? stored.ClosedUntil.ToTime() : null,
        };
    }

    private static StoredOverrides ToStored(LaneOverrides overrides)
    {
        var stored = new StoredOverrides();
        if (overrides.Concurrency is { } concurrency)
        {
            stored.Concurrency = concurrency;
        }

        if (overrides.RatePerSecond is { } rate)
        {
            stored.RatePerSecond = rate;
        }

        return stored;
    }

    private static LaneOverrides ToOverrides(StoredOverrides stored) =>
        new(stored.HasConcurrency ? stored.Concurrency : null, stored.HasRatePerSecond ? stored.RatePerSecond : null);

    private static StoredBreakerMark ToStored(BreakerMark mark)
    {
        var stored = new StoredBreakerMark { State = (int)mark.State };
        if (mark.OpenUntil.ToStored() is { } openUntil)
        {
            stored.OpenUntil = openUntil;
        }

        return stored;
    }

    private static BreakerMark ToMark(StoredBreakerMark stored) =>
        new(stored.State.ToKnown<BreakerState>(), stored.HasOpenUntil ? stored.OpenUntil.ToTime() : null);
}
