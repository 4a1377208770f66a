using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Tests.Books;

public sealed class SeenNumbersTests
{
    private static readonly MerchantId Demo = new("demo");

    [Fact]
    public void A_number_that_was_seen_is_never_denied_and_survives_its_bytes() => Gen.Int[0, 20_000].Array[0, 200].Sample(
        numbers =>
        {
            var seen = new SeenNumbers();
            Array.ForEach(numbers, number => seen.Add(Id(number)));
            var again = SeenNumbers.FromBytes(seen.ToBytes());
            Assert.All(numbers, number => Assert.True(seen.MayContain(Id(number)) && again.MayContain(Id(number))));
            Assert.Equal(numbers.Length, again.Count);
        },
        iter: 30);

    [Fact]
    public void Fewer_than_one_new_number_in_a_thousand_is_taken_for_seen()
    {
        const int Many = 100_000;
        var seen = new SeenNumbers();
        for (var number = 0; number < Many; number++)
        {
            seen.Add(Id(number));
        }

        var again = SeenNumbers.FromBytes(seen.ToBytes());
        Assert.All(Enumerable.Range(0, 10_000).Select(n => n * 10), number => Assert.True(again.MayContain(Id(number))));
        Assert.InRange(Enumerable.Range(Many, Many).Count(number => again.MayContain(Id(number))), 0, Many / 1000);
    }

    [Fact]
    public void Bytes_that_were_read_back_take_more_numbers()
    {
        var seen = new SeenNumbers();
        seen.Add(Id(1));
        var again = SeenNumbers.FromBytes(seen.ToBytes());
        again.Add(Id(2));
        Assert.True(again.MayContain(Id(1)) && again.MayContain(Id(2)));
        Assert.False(again.MayContain(Id(3)));
        Assert.Equal(seen.ToBytes().Length, again.ToBytes().Length);
    }

    private static PaymentId Id(int number) => PaymentId.For(Demo, $"N-{number}", 4, [5]);
}
