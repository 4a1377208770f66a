using Google.Protobuf;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Node.Channels.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

public static class ChannelSnapshotCodec
{
    public static byte[] Encode(ChannelSnapshot snapshot)
    {
        var state = snapshot.State;
        var stored = new StoredChannelState
        {
            Lifecycle = (int)state.Lifecycle,
            Isolated = state.Isolated,
            Submit = ToStored(state.Submit),
            Query = ToStored(state.Query),
            SubmitBreaker = ToStored(state.SubmitBreaker),
            QueryBreaker = ToStored(state.QueryBreaker),
            Changed = state.Changed is { } changed ? ToStored(changed) : null,
            Changes = { snapshot.Changes.Select(ToStored) },
            Exclusions = { snapshot.Exclusions.All.Select(ExclusionCodec.ToStored) },
            LastExclusion = snapshot.Exclusions.LastNo,
            Planned = { snapshot.Planned.All.Select(MaintenanceCodec.ToStored) },
            LastPlanned = snapshot.Planned.LastNo,
            OverrideMarks = { snapshot.Marks.ByKey.Select(mark => ToStored(mark.Key, mark.Value)) },
        };
        if (state.Weight is { } weight)
        {
            stored.Weight = weight;
        }

        if (state.ClosedUntil.ToStored() is { } closedUntil)
        {
            stored.ClosedUntil = closedUntil;
        }

        if (state.PausedUntil.ToStored() is { } pausedUntil)
        {
            stored.PausedUntil = pausedUntil;
        }

        return stored.ToByteArray();
    }

    public static ChannelSnapshot Decode(ReadOnlyMemory<byte> bytes)
    {
        var stored = StoredChannelState.Parser.ParseFrom(bytes.Span);
        var state = new ChannelState(
            stored.Lifecycle.ToKnown<ChannelLifecycle>(),
            stored.Isolated,
            ToOverrides(stored.Submit),
            ToOverrides(stored.Query),
            stored.HasWeight ? stored.Weight : null,
            ToMark(stored.SubmitBreaker),
            ToMark(stored.QueryBreaker),
            stored.Changed is { } changed ? ToChange(changed) : null)
        {
            ClosedUntil = stored.HasClosedUntil ? stored.ClosedUntil.ToTime() : null,
            PausedUntil = stored.HasPausedUntil ? stored.PausedUntil.ToTime() : null,
        };
        var marks = stored.OverrideMarks.Select(mark => KeyValuePair.Create(mark.Key.ToKnown<OverrideKeys>(), ToMark(mark)));
        return new ChannelSnapshot(state, [.. stored.Changes.Select(ToChange)])
        {
            Marks = new OverrideMarks(OverrideMarks.None.ByKey.AddRange(marks)),
            Exclusions = stored.LastExclusion == 0
                ? ChannelExclusions.None
                : new ChannelExclusions([.. stored.Exclusions.Select(ExclusionCodec.ToExclusion)], stored.LastExclusion),
            Planned = stored.LastPlanned == 0
                ? PlannedMaintenances.None
                : new PlannedMaintenances([.. stored.Planned.Select(MaintenanceCodec.ToPlanned)], stored.LastPlanned),
        };
    }

    internal static StoredOverrideMark ToStored(OverrideKeys key, OverrideMark mark) => new()
    {
        Key = (int)key, At = mark.At.ToStored(), By = mark.By, End = mark.End is { } end ? ToStored(key, end) : null,
    };

    internal static OverrideMark ToMark(StoredOverrideMark stored) => new(stored.At.ToTime(), stored.By)
    {
        End = stored.End is { } end
            ? new OverrideEnd(
                end.At.ToTime(), end.HasValue ? end.Value : null, end.Mark is { } former ? ToMark(former) : null)
            : null,
    };

    internal static StoredChange ToStored(OperatorChange change) =>
        new() { At = change.At.ToStored(), By = change.By, What = change.What, Reason = change.Reason };

    internal static OperatorChange ToChange(StoredChange stored) =>
        new(stored.At.ToTime(), stored.By, stored.What, stored.Reason);

    private static StoredOverrideEnd ToStored(OverrideKeys key, OverrideEnd end)
    {
        var stored = new StoredOverrideEnd
        {
            At = end.At.ToStored(), Mark = end.Mark is { } former ? ToStored(key, former) : null,
        };
        if (end.Value is { } value)
        {
            stored.Value = value;
        }

        return stored;
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
        var stored = new StoredBreakerMark { State = (int)mark.State, Openings = mark.Openings };
        if (mark.OpenUntil.ToStored() is { } openUntil)
        {
            stored.OpenUntil = openUntil;
        }

        if (mark.FailingSince.ToStored() is { } failingSince)
        {
            stored.FailingSince = failingSince;
        }

        return stored;
    }

    private static BreakerMark ToMark(StoredBreakerMark stored) =>
        new(stored.State.ToKnown<BreakerState>(), stored.HasOpenUntil ? stored.OpenUntil.ToTime() : null)
        {
            Openings = stored.Openings,
            FailingSince = stored.HasFailingSince ? stored.FailingSince.ToTime() : null,
        };
}
