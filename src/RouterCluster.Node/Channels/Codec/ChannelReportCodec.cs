using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Codec.Wire;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

/// <summary>
/// A channel's report. Its announcements are UTC; pauses, closings and ages of signals are durations that the lane measured
/// on its own clock and the router counts from its receipt.
/// </summary>
internal static class ChannelReportCodec
{
    public static WireChannelReport ToWire(ChannelReport report)
    {
        var wire = new WireChannelReport
        {
            Channel = report.Channel.Value,
            Epoch = report.Epoch,
            Sequence = report.Sequence,
            Lifecycle = (int)report.Lifecycle,
            Weight = report.Weight,
            Submit = ToWire(report.Submit),
            Query = ToWire(report.Query),
        };
        foreach (var signal in report.Signals)
        {
            wire.Signals.Add(ToWire(signal));
        }

        foreach (var (no, scope) in report.Exclusions)
        {
            wire.Exclusions.Add(new WireNumberedScope { No = no, Scope = ExclusionCodec.ToStored(scope) });
        }

        foreach (var (no, plan) in report.Planned)
        {
            wire.Planned.Add(new WireNumberedPlan { No = no, Plan = MaintenanceCodec.ToStored(plan) });
        }

        if (report.ClosedUntil.ToStored() is { } closedUntil)
        {
            wire.ClosedUntil = closedUntil;
        }

        if (report.PausedUntil.ToStored() is { } pausedUntil)
        {
            wire.PausedUntil = pausedUntil;
        }

        if (report.NoOwnerSince.ToStored() is { } noOwnerSince)
        {
            wire.NoOwnerSince = noOwnerSince;
        }

        if (report.FailingSince.ToStored() is { } failingSince)
        {
            wire.FailingSince = failingSince;
        }

        return wire;
    }

    public static ChannelReport ToReport(WireChannelReport wire) => new(
        ChannelId.Unchecked(wire.Channel), wire.Epoch, wire.Sequence, wire.Lifecycle.ToKnown<ChannelLifecycle>(), wire.Weight,
        ToReport(wire.Submit.Required()), ToReport(wire.Query.Required()), [.. wire.Signals.Select(ToSignal)])
    {
        ClosedUntil = wire.HasClosedUntil ? wire.ClosedUntil.ToTime() : null,
        PausedUntil = wire.HasPausedUntil ? wire.PausedUntil.ToTime() : null,
        NoOwnerSince = wire.HasNoOwnerSince ? wire.NoOwnerSince.ToTime() : null,
        FailingSince = wire.HasFailingSince ? wire.FailingSince.ToTime() : null,
        Exclusions = wire.Exclusions.Count == 0 ? [] : [.. wire.Exclusions.Select(ToScope)],
        Planned = wire.Planned.Count == 0 ? [] : [.. wire.Planned.Select(ToPlan)],
    };

    private static NumberedPlan ToPlan(WireNumberedPlan wire) => new(wire.No, MaintenanceCodec.ToPlan(wire.Plan.Required()));

    private static NumberedScope ToScope(WireNumberedScope wire) => new(wire.No, ExclusionCodec.ToScope(wire.Scope.Required()));

    private static WireLaneReport ToWire(LaneReport report) => new()
    {
        Breaker = (int)report.Breaker,
        InFlight = report.InFlight,
        Budget = report.Budget,
        Queue = report.Queue,
        QueueLimit = report.QueueLimit,
        RatePerSecond = report.RatePerSecond,
        P50Ms = report.P50Ms,
        P99Ms = report.P99Ms,
        ProbePermits = report.ProbePermits,
        Throttle = report.Throttle is { } throttle
            ? new WireThrottle { PausedFor = throttle.PausedFor.ToWire(), Tokens = throttle.Tokens }
            : null,
        ClosedParts = { report.ClosedParts.Select(ToWire) },
        HasFailed = report.HasFailed,
    };

    private static LaneReport ToReport(WireLaneReport wire) => new(
        wire.Breaker.ToKnown<BreakerState>(), wire.InFlight, wire.Budget, wire.Queue, wire.QueueLimit, wire.RatePerSecond,
        wire.P50Ms, wire.P99Ms, wire.ProbePermits)
    {
        Throttle = wire.Throttle is { } throttle ? new ThrottleReport(throttle.PausedFor.ToDuration(), throttle.Tokens) : null,
        ClosedParts = [.. wire.ClosedParts.Select(ToPart)],
        HasFailed = wire.HasFailed,
    };

    private static WireClosedPart ToWire(ClosedPart part)
    {
        var wire = new WireClosedPart { Product = (int)part.Product, From = part.From, For = part.For.ToWire() };
        if (part.Bank is { } bank)
        {
            wire.Bank = bank;
        }

        return wire;
    }

    private static ClosedPart ToPart(WireClosedPart wire) =>
        new(wire.Product.ToKnown<Product>(), wire.HasBank ? wire.Bank : null, wire.From, wire.For.ToDuration());

    private static WireSignal ToWire(SubmitSignal signal)
    {
        var wire = new WireSignal
        {
            Product = (int)signal.Product,
            Verdict = (int)signal.Verdict,
            Class = (int)signal.Class,
            Kind = (int)signal.Kind,
            Number = signal.Number,
            Payer = signal.Source.Payer,
            Merchant = signal.Source.Merchant,
            Age = signal.Age.ToWire(),
        };
        if (signal.Bank is { } bank)
        {
            wire.Bank = bank;
        }

        return wire;
    }

    /// <summary>A dispatch has no class yet, which is number 0.</summary>
    private static SubmitSignal ToSignal(WireSignal wire) => new(
        wire.Product.ToKnown<Product>(), wire.HasBank ? wire.Bank : null, wire.Verdict.ToKnown<CallVerdict>(),
        wire.Class == 0 ? default : wire.Class.ToKnown<OutcomeClass>())
    {
        Kind = wire.Kind.ToKnown<SignalKind>(),
        Number = wire.Number,
        Source = new Source((ushort)wire.Payer, (ushort)wire.Merchant),
        Age = wire.Age.ToDuration(),
    };
}
