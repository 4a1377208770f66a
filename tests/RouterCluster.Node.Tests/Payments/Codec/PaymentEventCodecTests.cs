using System.Buffers;
using CsCheck;
using Google.Protobuf;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Codec.Stored;

namespace RouterCluster.Node.Tests.Payments.Codec;

public sealed class PaymentEventCodecTests
{
    public static TheoryData<string> Names => [.. PaymentSamples.Events.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_stored_as_it_always_was(string name)
    {
        var @event = PaymentSamples.Events[name];
        Golden.Holds(name, Encode((PaymentSamples.Id, @event)));

        var (id, decoded) = Assert.Single(PaymentEventCodec.Decode(Golden.Read(name)));
        Assert.Equal(PaymentSamples.Id, id);
        Golden.Same(@event, decoded);
    }

    [Fact]
    public void Every_kind_of_event_has_a_golden_file()
    {
        var kinds = typeof(PaymentEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PaymentEvent)) && !type.IsAbstract);
        Assert.Equal(
            kinds.Select(type => type.Name).Order(),
            PaymentSamples.Events.Values.Select(@event => @event.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Rows_laid_end_to_end_are_the_list_of_their_events() =>
        Gen.Select(PaymentGenerators.Id, PaymentGenerators.Events).Array[0, 12].Sample(
            events =>
            {
                var decoded = PaymentEventCodec.Decode(Encode(events));
                Assert.Equal(events.Select(entry => entry.Item1), decoded.Select(entry => entry.Id));
                foreach (var (before, after) in events.Zip(decoded))
                {
                    Golden.Same(before.Item2, after.Event);
                }
            },
            iter: 2000);

    [Fact]
    public void Times_lose_what_is_finer_than_a_millisecond_towards_the_past()
    {
        var early = new DateTimeOffset(2026, 3, 14, 17, 0, 0, TimeSpan.FromHours(8)).AddTicks(9_999);
        var before1970 = DateTimeOffset.UnixEpoch.AddTicks(-1);
        var (_, decoded) = Decoded(new AttemptStarted(early, 1, PaymentSamples.Alpha, before1970, RouteReasons.None));

        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero), decoded.At);
        Assert.Equal(TimeSpan.Zero, decoded.At.Offset);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(-1), Assert.IsType<AttemptStarted>(decoded).SendBefore);
    }

    [Fact]
    public void Reasons_take_200_bytes_and_keep_what_comes_first()
    {
        var channels = Enumerable.Range(0, 40).Select(i => new ChannelId($"channel-{i:d2}")).ToList();
        var reasons = new RouteReasons(
            new string('p', 90),
            0.1,
            [.. channels.Select(channel => new ScoredChannel(channel, 0.1))],
            [.. channels.Select(channel => new ExcludedChannel(channel, Exclusion.Full))]);

        Assert.InRange(ReasonsCodec.ToStored(reasons).CalculateSize(), 180, 200);
        var kept = Assert.IsType<AttemptStarted>(
            Decoded(new AttemptStarted(PaymentSamples.At, 1, PaymentSamples.Alpha, PaymentSamples.At, reasons)).Event).Reasons;
        Assert.Equal(channels.Take(4), kept.Candidates.Select(candidate => candidate.Channel));
        Assert.All(kept.Candidates, candidate => Assert.Equal(0.1f, candidate.Score));
        Assert.Equal(channels.Take(kept.Excluded.Length), kept.Excluded.Select(excluded => excluded.Channel));
        Assert.InRange(kept.Excluded.Length, 2, 10);
        Assert.Equal(0.1, kept.Draw);
    }

    [Fact]
    public void Reasons_count_what_they_have_no_room_to_name()
    {
        var channels = Enumerable.Range(0, 40).Select(i => new ChannelId($"channel-{i:d2}")).ToList();
        var reasons = new RouteReasons(
            "success-rate/1",
            0.1,
            [.. channels.Take(4).Select(channel => new ScoredChannel(channel, 0.1))],
            [.. channels.Select((channel, i) => new ExcludedChannel(channel, i % 4 == 0 ? Exclusion.Amount : Exclusion.Full))])
        {
            MoreCandidates = 5,
        };

        var stored = ReasonsCodec.ToStored(reasons);
        var kept = ReasonsCodec.ToReasons(stored);

        Assert.InRange(stored.CalculateSize(), 180, 200);
        Assert.Equal((4, 5), (kept.Candidates.Length, kept.MoreCandidates));
        Assert.InRange(kept.Excluded.Length, 3, 10);
        foreach (var (reason, all) in new[] { (Exclusion.Amount, 10), (Exclusion.Full, 30) })
        {
            var named = kept.Excluded.Count(excluded => excluded.Reason == reason);
            Assert.Equal(all, named + kept.MoreExcluded.Single(more => more.Reason == reason).Channels);
        }

        Assert.Equal(stored, ReasonsCodec.ToStored(kept));
    }

    [Fact]
    public void Reasons_of_every_kind_at_once_still_take_200_bytes_and_count_every_channel()
    {
        var kinds = Enum.GetValues<Exclusion>();
        var reasons = new RouteReasons(
            new string('p', 90),
            0.1,
            [.. Enumerable.Range(0, 9).Select(i => new ScoredChannel(new ChannelId($"a-long-name-of-a-channel-{i}"), 0.1))],
            [.. Enumerable.Range(0, 300).Select(i => new ExcludedChannel(new($"channel-{i}"), kinds[i % kinds.Length]))]);

        var stored = ReasonsCodec.ToStored(reasons);

        Assert.InRange(stored.CalculateSize(), 150, 200);
        Assert.Equal(9, stored.Candidates.Count + stored.MoreCandidates);
        Assert.Equal(300, stored.Excluded.Count + stored.MoreExcluded.Sum(more => more.Channels));
    }

    [Fact]
    public void Reasons_with_names_beyond_all_bounds_still_take_200_bytes()
    {
        var endless = new ChannelId(new string('c', 500));
        var reasons = new RouteReasons("p", 0, [new(endless, 1)], [new(endless, Exclusion.Full)]);
        Assert.InRange(ReasonsCodec.ToStored(reasons).CalculateSize(), 1, 200);
    }

    [Fact]
    public void An_event_of_a_later_version_is_not_skipped()
    {
        // Entry { payment, at, 99: {} } within Row.entries.
        byte[] entry = [.. new Entry { Payment = PaymentSamples.Id.Value[4..], At = 1 }.ToByteArray(), 0x9a, 0x06, 0x00];
        byte[] row = [0x0a, (byte)entry.Length, .. entry];
        Assert.Throws<InvalidDataException>(() => PaymentEventCodec.Decode(row));
    }

    [Fact]
    public void A_number_of_a_later_version_is_not_guessed()
    {
        var entry = new Entry
        {
            Payment = PaymentSamples.Id.Value[4..],
            AttemptEnded = new AttemptNewsEvent { No = 1, Outcome = new StoredOutcome { Class = 999, Landing = 1 } },
        };
        Assert.Throws<InvalidDataException>(() => PaymentEventCodec.Decode(new Row { Entries = { entry } }.ToByteArray()));
    }

    [Fact]
    public void A_torn_row_is_an_error()
    {
        var row = Encode((PaymentSamples.Id, PaymentSamples.Events["payment-accepted"]));
        Assert.Throws<InvalidProtocolBufferException>(() => PaymentEventCodec.Decode(row.AsMemory(..^1)));
    }

    [Fact]
    public void A_payment_without_an_id_is_not_stored() =>
        Assert.Throws<InvalidOperationException>(() => Encode((default, new PaymentClosed(PaymentSamples.At))));

    private static (PaymentId Id, PaymentEvent Event) Decoded(PaymentEvent @event) =>
        Assert.Single(PaymentEventCodec.Decode(Encode((PaymentSamples.Id, @event))));

    private static byte[] Encode(params (PaymentId Id, PaymentEvent Event)[] events)
    {
        var row = new ArrayBufferWriter<byte>();
        foreach (var (id, @event) in events)
        {
            PaymentEventCodec.Encode(id, @event, row);
        }

        return row.WrittenSpan.ToArray();
    }
}
