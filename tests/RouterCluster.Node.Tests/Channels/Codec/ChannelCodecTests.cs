using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Codec;

public sealed class ChannelCodecTests
{
    private static readonly DateTimeOffset At = PaymentSamples.At;

    private static readonly Dictionary<string, ChannelEvent> Events = new()
    {
        ["channel-adjusted"] = new ChannelAdjusted(At, new ChannelChange("alice", "too slow")
        {
            Lifecycle = ChannelLifecycle.Draining,
            SubmitConcurrency = 8,
            SubmitRatePerSecond = 12.5,
            QueryConcurrency = 2,
            QueryRatePerSecond = 5,
            Weight = 0.5,
            Isolated = true,
        }),
        ["breaker-moved"] = new BreakerMoved(At, ChannelLane.Query, BreakerState.Open, At.AddSeconds(5)),
        ["maintenance-announced"] = new MaintenanceAnnounced(At, At.AddHours(2)),
        ["throttle-announced"] = new ThrottleAnnounced(At, At.AddHours(2)),
    };

    private static readonly Gen<ExclusionScope?> AnyScope = Gen.Select(
        PaymentGenerators.Text.Null(), Gen.Enum<Product>().Nullable(), PaymentGenerators.Text.Null(), Gen.Long.Nullable(),
        Gen.Long.Nullable())
        .Select((bank, product, merchant, from, to) => new ExclusionScope(
            bank, product, merchant is null ? null : MerchantId.Unchecked(merchant), from, to)).Null();

    private static readonly MaintenanceWindow Once = new MaintenanceWindow.Once(
        new DateTime(2026, 12, 2, 2, 0, 0), new DateTime(2026, 12, 2, 4, 30, 0),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    private static readonly MaintenanceWindow Weekly = new MaintenanceWindow.Weekly(
        [DayOfWeek.Sunday, DayOfWeek.Saturday], new TimeOnly(23, 30), new TimeOnly(1, 0),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private static readonly Gen<MaintenancePlan?> AnyPlan = Gen.Select(
        Gen.Enum<DayOfWeek>().Array[0, 7], Gen.Int[0, 1439], Gen.Int[0, 1439], PaymentGenerators.Text.Null())
        .Select((days, from, until, bank) => new MaintenancePlan(
            days.Length == 0
                ? new MaintenanceWindow.Once(At.DateTime.AddMinutes(from), At.DateTime.AddMinutes(until), TimeZoneInfo.Utc)
                : new MaintenanceWindow.Weekly(
                    [.. days], new TimeOnly(from / 60, from % 60), new TimeOnly(until / 60, until % 60), TimeZoneInfo.Utc),
            bank)).Null();

    private static readonly Gen<ChannelEvent> AnyEvent = Gen.OneOf(
        Gen.Select(
            Gen.Select(PaymentGenerators.Time, PaymentGenerators.Text, PaymentGenerators.Text),
            Gen.Select(
                Gen.Enum<ChannelLifecycle>()
                    .Where(place => place is not (ChannelLifecycle.NoOwner or ChannelLifecycle.Retired)).Nullable(),
                Gen.Int.Nullable(), Gen.Double[0, 1e6].Nullable(), Gen.Int.Nullable()),
            Gen.Select(
                Gen.Double[0, 1e6].Nullable(), Gen.Double[0, 10].Nullable(), Gen.Bool.Nullable(),
                Gen.Int[0, 31].Select(resets => (OverrideKeys)resets)),
            Gen.Select(
                Gen.Int[1, 1_000_000].Select(ms => TimeSpan.FromMilliseconds(ms)).Nullable(),
                Gen.Int[0, 127].Select(ended => (OverrideKeys)ended), AnyScope, Gen.Int[1, 99].Nullable(),
                Gen.Select(AnyPlan, Gen.Int[1, 99].Nullable())))
            .Select((who, first, rest, ends) => (ChannelEvent)new ChannelAdjusted(
                who.Item1, new ChannelChange(who.Item2, who.Item3)
            {
                Lifecycle = first.Item1,
                SubmitConcurrency = first.Item2,
                SubmitRatePerSecond = first.Item3,
                QueryConcurrency = first.Item4,
                QueryRatePerSecond = rest.Item1,
                Weight = rest.Item2,
                Isolated = rest.Item3,
                Resets = rest.Item4,
                For = ends.Item1,
                Ended = ends.Item2,
                Exclude = ends.Item3,
                ExcludeNo = ends.Item3 is null ? 0 : 7,
                Include = ends.Item4,
                Plan = ends.Item5.Item1,
                PlanNo = ends.Item5.Item1 is null ? 0 : 7,
                Unplan = ends.Item5.Item2,
            })),
        Gen.Select(PaymentGenerators.Time, Gen.Enum<ChannelLane>(), Gen.Enum<BreakerState>(),
            PaymentGenerators.Time.Nullable(), Gen.Int[0, 9].Nullable())
            .Select((at, lane, state, until, openings) =>
                (ChannelEvent)new BreakerMoved(at, lane, state, until) { Openings = openings }),
        Gen.Select(PaymentGenerators.Time, PaymentGenerators.Time)
            .Select((at, until) => (ChannelEvent)new MaintenanceAnnounced(at, until)),
        Gen.Select(PaymentGenerators.Time, PaymentGenerators.Time)
            .Select((at, until) => (ChannelEvent)new ThrottleAnnounced(at, until)));

    public static TheoryData<string> Names => [.. Events.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_stored_as_it_always_was(string name)
    {
        Golden.Holds(name, ChannelCodec.Encode(Events[name]));
        Assert.Equal(Events[name], ChannelCodec.DecodeEvent(Golden.Read(name)));
    }

    [Fact]
    public void Every_kind_of_event_has_a_golden_file()
    {
        var kinds = typeof(ChannelEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ChannelEvent)));
        Assert.Equal(kinds.Select(type => type.Name).Order(), Events.Values.Select(@event => @event.GetType().Name).Order());
    }

    [Fact]
    public void A_state_is_stored_as_it_always_was()
    {
        var state = ((string[])["channel-adjusted", "breaker-moved"])
            .Aggregate(ChannelState.Initial, (folded, name) => folded.Apply(Events[name]));
        Golden.Holds("channel-state", ChannelSnapshotCodec.Encode(new ChannelSnapshot(state, [])));
        Assert.Equal(state, ChannelSnapshotCodec.Decode(Golden.Read("channel-state")).State);

        var closed = state.Apply(Events["maintenance-announced"]);
        Golden.Holds("channel-state-closed", ChannelSnapshotCodec.Encode(new ChannelSnapshot(closed, [])));
        Assert.Equal(closed, ChannelSnapshotCodec.Decode(Golden.Read("channel-state-closed")).State);

        var changed = new ChannelSnapshot(closed, [state.Changed!, new OperatorChange(At.AddHours(1), "bob", "enabled", "")]);
        Golden.Holds("channel-snapshot", ChannelSnapshotCodec.Encode(changed));
        Golden.Same(changed, ChannelSnapshotCodec.Decode(Golden.Read("channel-snapshot")));
    }

    [Fact]
    public void What_is_taken_back_and_who_set_overrides_is_stored_as_it_always_was()
    {
        var reset = new ChannelAdjusted(At, new ChannelChange("alice", "as agreed")
        {
            SubmitConcurrency = 8,
            Resets = OverrideKeys.SubmitRatePerSecond | OverrideKeys.Weight,
        });
        Golden.Holds("channel-adjusted-reset", ChannelCodec.Encode(reset));
        Assert.Equal(reset, ChannelCodec.DecodeEvent(Golden.Read("channel-adjusted-reset")));

        var snapshot = ChannelSnapshot.Initial.Apply(reset) with { Changes = [] };
        Golden.Holds("channel-snapshot-marks", ChannelSnapshotCodec.Encode(snapshot));
        Golden.Same(snapshot, ChannelSnapshotCodec.Decode(Golden.Read("channel-snapshot-marks")));
    }

    [Fact]
    public void When_a_change_ends_and_what_comes_back_is_stored_as_it_always_was()
    {
        ChannelAdjusted[] events =
        [
            new(At, new ChannelChange("bob", "") { Weight = 2 }),
            new(At.AddHours(1), new ChannelChange("alice", "slow")
            {
                Lifecycle = ChannelLifecycle.Disabled, Weight = 0.5, For = TimeSpan.FromHours(2),
            }),
            new(At.AddHours(3), new ChannelChange("router", "the time that alice set is over")
            {
                Lifecycle = ChannelLifecycle.Active, Weight = 2, Ended = OverrideKeys.Lifecycle | OverrideKeys.Weight,
            }),
        ];
        foreach (var (name, @event) in new[] { ("channel-adjusted-timed", events[1]), ("channel-adjusted-ended", events[2]) })
        {
            Golden.Holds(name, ChannelCodec.Encode(@event));
            Assert.Equal(@event, ChannelCodec.DecodeEvent(Golden.Read(name)));
        }

        var snapshot = events[..2].Aggregate(ChannelSnapshot.Initial, (folded, @event) => folded.Apply(@event));
        Golden.Holds("channel-snapshot-ends", ChannelSnapshotCodec.Encode(snapshot));
        Golden.Same(snapshot, ChannelSnapshotCodec.Decode(Golden.Read("channel-snapshot-ends")));
    }

    [Fact]
    public void What_is_excluded_is_stored_as_it_always_was()
    {
        ChannelAdjusted[] events =
        [
            new(At, new ChannelChange("alice", "it hangs")
            {
                Exclude = new ExclusionScope("ICBC", Product.Payout, new MerchantId("shop"), 1, 5000), ExcludeNo = 1,
                For = TimeSpan.FromHours(2),
            }),
            new(At, new ChannelChange("bob", "too large") { Exclude = new(null, null, null, 500_000, null), ExcludeNo = 2 }),
            new(At, new ChannelChange("bob", "") { Exclude = new("CCB", null, null, null, null), ExcludeNo = 3 }),
            new(At.AddHours(1), new ChannelChange("carol", "") { Include = 3 }),
        ];
        var kept = new[] { ("channel-adjusted-excluded", events[0]), ("channel-adjusted-included", events[3]) };
        foreach (var (name, @event) in kept)
        {
            Golden.Holds(name, ChannelCodec.Encode(@event));
            Assert.Equal(@event, ChannelCodec.DecodeEvent(Golden.Read(name)));
        }

        var snapshot = events.Aggregate(ChannelSnapshot.Initial, (folded, @event) => folded.Apply(@event));
        Golden.Holds("channel-snapshot-exclusions", ChannelSnapshotCodec.Encode(snapshot));
        Golden.Same(snapshot, ChannelSnapshotCodec.Decode(Golden.Read("channel-snapshot-exclusions")));
    }

    [Fact]
    public void What_is_planned_is_stored_as_it_always_was()
    {
        ChannelAdjusted[] events =
        [
            new(At, new ChannelChange("alice", "ticket 4711") { Plan = new MaintenancePlan(Once, "ICBC"), PlanNo = 1 }),
            new(At, new ChannelChange("bob", "books") { Plan = new MaintenancePlan(Weekly, null), PlanNo = 2 }),
            new(At, new ChannelChange("bob", "") { Plan = new MaintenancePlan(Once, null), PlanNo = 3 }),
            new(At.AddHours(1), new ChannelChange("carol", "") { Unplan = 3 }),
        ];
        var kept = new[]
        {
            ("channel-adjusted-planned", events[0]), ("channel-adjusted-planned-weekly", events[1]),
            ("channel-adjusted-unplanned", events[3]),
        };
        foreach (var (name, @event) in kept)
        {
            Golden.Holds(name, ChannelCodec.Encode(@event));
            Assert.Equal(@event, ChannelCodec.DecodeEvent(Golden.Read(name)));
        }

        var snapshot = events.Aggregate(ChannelSnapshot.Initial, (folded, @event) => folded.Apply(@event));
        Golden.Holds("channel-snapshot-planned", ChannelSnapshotCodec.Encode(snapshot));
        var read = ChannelSnapshotCodec.Decode(Golden.Read("channel-snapshot-planned"));
        Assert.Equal((snapshot.Planned.LastNo, 2), (read.Planned.LastNo, read.Planned.All.Length));
        Assert.Equal(snapshot.Planned.All.AsEnumerable(), read.Planned.All);
    }

    [Fact]
    public void A_time_zone_that_is_not_known_here_is_named()
    {
        var stored = ChannelCodec.Encode(new ChannelAdjusted(
            At, new ChannelChange("alice", "") { Plan = new MaintenancePlan(Weekly, null), PlanNo = 1 }));
        var strange = Convert.FromHexString(Convert.ToHexString(stored).Replace(
            Convert.ToHexString("Europe/Berlin"u8), Convert.ToHexString("Europe/Barlin"u8), StringComparison.Ordinal));

        var why = Assert.Throws<InvalidDataException>(() => ChannelCodec.DecodeEvent(strange));
        Assert.Contains("Europe/Barlin", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_breaker_that_failed_is_stored_with_how_often_and_since_when()
    {
        var opened = new BreakerMoved(At, ChannelLane.Submit, BreakerState.HalfOpen, null) { Openings = 3 };
        Golden.Holds("breaker-failed", ChannelCodec.Encode(opened));
        Assert.Equal(opened, ChannelCodec.DecodeEvent(Golden.Read("breaker-failed")));

        var state = ChannelState.Initial.Apply(opened).Apply(Events["throttle-announced"]);
        Golden.Holds("channel-state-failed", ChannelSnapshotCodec.Encode(new ChannelSnapshot(state, [])));
        Assert.Equal(state, ChannelSnapshotCodec.Decode(Golden.Read("channel-state-failed")).State);
        Assert.Equal((3, At), (state.SubmitBreaker.Openings, state.SubmitBreaker.FailingSince));
        Assert.Equal(At.AddHours(2), state.PausedUntil);
    }

    [Fact]
    public void Events_and_what_they_fold_to_come_back_as_they_were() => AnyEvent.Array[0, 6].Sample(
        events =>
        {
            Assert.Equal(events, events.Select(@event => ChannelCodec.DecodeEvent(ChannelCodec.Encode(@event))));
            var state = events.Aggregate(ChannelState.Initial, (folded, @event) => folded.Apply(@event));
            var stored = ChannelSnapshotCodec.Encode(new ChannelSnapshot(state, []));
            Assert.Equal(state, ChannelSnapshotCodec.Decode(stored).State);
        },
        iter: 1000);

    [Fact]
    public void An_event_of_a_later_version_is_not_skipped() =>
        Assert.Throws<InvalidDataException>(() => ChannelCodec.DecodeEvent(new byte[] { 0x08, 0x01, 0x9a, 0x06, 0x00 }));

    [Fact]
    public async Task Channels_are_serialized_under_their_own_manifests()
    {
        using var system = ActorSystem.Create("router", ChannelSerializer.Hocon);
        foreach (var (stored, manifest) in new (object, string)[]
        {
            (Events["channel-adjusted"], "CE1"), (Events["breaker-moved"], "CE1"),
            (new ChannelSnapshot(ChannelState.Initial, []), "CS1"),
        })
        {
            var serializer = Assert.IsType<ChannelSerializer>(system.Serialization.FindSerializerFor(stored));
            Assert.Equal(4202, serializer.Identifier);
            Assert.Equal(manifest, serializer.Manifest(stored));
            Assert.Equal(stored, system.Serialization.Deserialize(serializer.ToBinary(stored), 4202, manifest));
        }

        Assert.Throws<SerializationException>(() => system.Serialization.Deserialize([], 4202, "CE9"));
        await system.Terminate();
    }
}
