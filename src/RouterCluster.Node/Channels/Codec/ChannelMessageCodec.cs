using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Codec.Wire;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

internal sealed class ChannelMessageCodec(ActorAddresses addresses)
{
    public static WireSubscribe ToWire(SubscribeToReports subscribe)
    {
        var wire = new WireSubscribe { Channel = subscribe.Channel.Value };
        if (subscribe.LastChange.ToStored() is { } lastChange)
        {
            wire.LastChange = lastChange;
        }

        return wire;
    }

    public static WireChange ToWire(ChangeChannel change) =>
        new() { Channel = change.Channel.Value, Change = ChannelCodec.ToStored(change.Change) };

    public static WireChangeDone ToWire(ChannelChangeDone done) => new()
    {
        Report = ChannelReportCodec.ToWire(done.Report),
        Changed = done.Changed is { } changed ? ChannelSnapshotCodec.ToStored(changed) : null,
        Overrides = { done.Overrides.Select(ToWire) },
        Switches = { done.Switches.Select(ToWire) },
        Exclusions = { done.Exclusions.Select(ExclusionCodec.ToStored) },
        Planned = { done.Planned.Select(MaintenanceCodec.ToStored) },
    };

    public static WireReported ToWire(ChannelReported reported) => new()
    {
        Report = ChannelReportCodec.ToWire(reported.Report),
        SubmitLane = ActorAddresses.ToWire(reported.SubmitLane),
        QueryLane = ActorAddresses.ToWire(reported.QueryLane),
    };

    public static WireHistory ToWire(ChannelHistory history) => new()
    {
        Channel = history.Channel.Value,
        Changes = { history.Changes.Select(ChannelSnapshotCodec.ToStored) },
        Overrides = { history.Overrides.Select(ToWire) },
        Switches = { history.Switches.Select(ToWire) },
        Exclusions = { history.Exclusions.Select(ExclusionCodec.ToStored) },
        Planned = { history.Planned.Select(MaintenanceCodec.ToStored) },
    };

    public static WireChangeRefused ToWire(ChannelChangeRefused refused) => new() { Why = (int)refused.Why };

    public static ChannelChangeRefused ToMessage(WireChangeRefused wire) => new(wire.Why.ToKnown<ChangeRefusal>());

    public static SubscribeToReports ToMessage(WireSubscribe wire) =>
        new(ChannelId.Unchecked(wire.Channel), wire.HasLastChange ? wire.LastChange.ToTime() : null);

    public static ChangeChannel ToMessage(WireChange wire) =>
        new(ChannelId.Unchecked(wire.Channel), ChannelCodec.ToChange(wire.Change.Required()));

    public static ChannelChangeDone ToMessage(WireChangeDone wire) => new(
        ChannelReportCodec.ToReport(wire.Report.Required()),
        wire.Changed is { } changed ? ChannelSnapshotCodec.ToChange(changed) : null)
    {
        Overrides = [.. wire.Overrides.Select(ToOverride)],
        Switches = [.. wire.Switches.Select(ToOverride)],
        Exclusions = [.. wire.Exclusions.Select(ExclusionCodec.ToExclusion)],
        Planned = [.. wire.Planned.Select(MaintenanceCodec.ToPlanned)],
    };

    public ChannelReported ToMessage(WireReported wire) => new(
        ChannelReportCodec.ToReport(wire.Report.Required()), addresses.ToActor(wire.SubmitLane),
        addresses.ToActor(wire.QueryLane));

    public static ChannelHistory ToMessage(WireHistory wire) => new(
        ChannelId.Unchecked(wire.Channel), [.. wire.Changes.Select(ChannelSnapshotCodec.ToChange)],
        [.. wire.Overrides.Select(ToOverride)])
    {
        Switches = [.. wire.Switches.Select(ToOverride)],
        Exclusions = [.. wire.Exclusions.Select(ExclusionCodec.ToExclusion)],
        Planned = [.. wire.Planned.Select(MaintenanceCodec.ToPlanned)],
    };

    private static WireOverride ToWire(ChannelOverride row) => new()
    {
        Key = (int)row.Key,
        Value = row.Value,
        Mark = row.Mark is { } mark ? ChannelSnapshotCodec.ToStored(row.Key, mark) : null,
    };

    private static ChannelOverride ToOverride(WireOverride wire) => new(
        wire.Key.ToKnown<OverrideKeys>(), wire.Value, wire.Mark is { } mark ? ChannelSnapshotCodec.ToMark(mark) : null);
}
