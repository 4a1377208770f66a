using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using RouterCluster.Node.Payments.Codec;

namespace RouterCluster.Node.Tests.Payments.Codec;

public sealed class PaymentCodecTests
{
    [Fact]
    public void A_payment_comes_back_as_it_was() =>
        PaymentGenerators.Payments.Sample(
            payment => Golden.Same(payment, PaymentCodec.Decode(PaymentCodec.Encode(payment))), iter: 1000);

    [Fact]
    public void A_payment_is_stored_as_it_always_was()
    {
        var payment = PaymentSamples.Failed("A-1001");
        Golden.Holds("payment", PaymentCodec.Encode(payment));
        Golden.Same(payment, PaymentCodec.Decode(Golden.Read("payment")));
    }

    [Fact]
    public void A_decided_payment_is_stored_as_it_always_was()
    {
        var payment = PaymentSamples.Decided("A-1001");
        Golden.Holds("payment-decided", PaymentCodec.Encode(payment));
        Golden.Same(payment, PaymentCodec.Decode(Golden.Read("payment-decided")));
    }

    [Fact]
    public void A_snapshot_is_stored_as_it_always_was()
    {
        Golden.Holds("book-snapshot", BookSnapshotCodec.Encode(PaymentSamples.Snapshot));
        Golden.Same(PaymentSamples.Snapshot, BookSnapshotCodec.Decode(Golden.Read("book-snapshot")));
    }

    [Fact]
    public void What_merchants_have_not_been_told_is_stored_with_its_numbers_as_it_always_was()
    {
        var failed = PaymentSamples.Failed("A-1001");
        var snapshot = PaymentSamples.Snapshot with { Untold = [(failed with { CountedChanges = 3 }, 41)] };
        Golden.Holds("book-snapshot-untold", BookSnapshotCodec.Encode(snapshot));
        Golden.Same(snapshot, BookSnapshotCodec.Decode(Golden.Read("book-snapshot-untold")));
        Assert.Null(BookSnapshotCodec.Decode(Golden.Read("book-snapshot")).Untold);
        Assert.Equal([], BookSnapshotCodec.Decode(BookSnapshotCodec.Encode(snapshot with { Untold = [] })).Untold!);
    }

    [Fact]
    public void Order_numbers_that_follow_from_the_id_cost_nothing()
    {
        var payment = PaymentSamples.Failed("A-1001");
        var named = payment with { Attempts = [.. payment.Attempts.Select(attempt => attempt with { OrderNo = "X" })] };
        var derived = payment with
        {
            Attempts = [.. payment.Attempts.Select(attempt => attempt with { OrderNo = payment.Id.AttemptOrderNo(attempt.No) })],
        };
        Assert.Equal(PaymentCodec.Encode(named).Length - (2 * 3), PaymentCodec.Encode(derived).Length);
    }

    [Fact]
    public async Task Books_are_serialized_under_their_own_manifests()
    {
        using var system = ActorSystem.Create("router", BookSerializer.Hocon);
        var row = new BookRow(new byte[] { 1, 2 });
        foreach (var (stored, manifest) in new (object, string)[] { (row, "BR1"), (PaymentSamples.Snapshot, "BS1") })
        {
            var serializer = Assert.IsType<BookSerializer>(system.Serialization.FindSerializerFor(stored));
            Assert.Equal(4201, serializer.Identifier);
            Assert.Equal(manifest, serializer.Manifest(stored));
            Golden.Same(stored, system.Serialization.Deserialize(serializer.ToBinary(stored), 4201, manifest));
        }

        Assert.Throws<SerializationException>(() => system.Serialization.Deserialize([], 4201, "BR9"));
        await system.Terminate();
    }
}
