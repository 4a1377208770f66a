using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

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
            Assert.Equal(numbers.Length, (int)again.Count);
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

    /// <summary>Look-ups of new numbers while the last filter is filled beyond its size: 1, 3 and 6 times.</summary>
    [Fact]
    public void The_memory_stays_bounded_and_look_ups_of_new_numbers_grow_slowly()
    {
        const int Last = (1 << 20) + 1;
        const long Bound = 6_300_000 + (3L * Last);
        const int Asked = 10_000;
        var seen = new SeenNumbers(Last);
        var shares = new List<double>();
        var number = 0;
        foreach (var most in new[] { 2_093_056 + Last, 2_093_056 + (3 * Last), 2_093_056 + (6 * Last) })
        {
            for (; number < most; number++)
            {
                seen.Add(Quick(number));
            }

            Assert.InRange(seen.Bytes, 1, Bound);
            shares.Add(Enumerable.Range(0, Asked).Count(no => seen.MayContain(Quick(-1 - no))) / (double)Asked);
        }

        Assert.Equal(number, seen.Count);
        Assert.All(Enumerable.Range(0, 10_000).Select(n => n * 801), old => Assert.True(seen.MayContain(Quick(old))));
        Assert.InRange(shares[0], 0, 0.002);
        Assert.InRange(shares[1], 0, 0.04);
        Assert.InRange(shares[2], 0.1, 0.25);
        var again = SeenNumbers.FromBytes(seen.ToBytes(), Last);
        again.Add(Id(1));
        Assert.Equal(seen.Bytes, again.Bytes);
        Assert.True(again.MayContain(Quick(0)) && again.MayContain(Quick(number - 1)) && again.MayContain(Id(1)));
    }

    /// <summary>As versions before have stored them: a filter more for each million of numbers.</summary>
    [Fact]
    public void Filters_that_were_stored_without_bound_become_one_and_deny_nothing()
    {
        const int Full = 1 << 20;
        var layers = new List<byte>();
        for (var layer = 0; layer < 5; layer++)
        {
            var one = new SeenNumbers();
            var numbers = Enumerable.Range(layer * 1000, 1000).ToList();
            numbers.ForEach(number => one.Add(Id(number)));
            layers.AddRange(Widened(one.ToBytes(), Full));
        }

        var seen = SeenNumbers.FromBytes([.. layers]);

        Assert.InRange(seen.Bytes, 1, (3 * Full) + 100);
        Assert.Equal(5000, seen.Count);
        Assert.All(Enumerable.Range(0, 5000), number => Assert.True(seen.MayContain(Id(number))));
        Assert.False(seen.MayContain(Id(5001)));
    }

    /// <summary>
    /// A filter of 4,096 numbers as one of a million: of a number's bits in the large one, the remainder by the small one's
    /// size is its bit in the small one. So every bit stands for all that share it.
    /// </summary>
    private static byte[] Widened(byte[] small, int capacity)
    {
        var bits = small.AsSpan(8);
        var whole = new byte[8 + (capacity * 3)];
        BitConverter.TryWriteBytes(whole, capacity);
        small.AsSpan(4, 4).CopyTo(whole.AsSpan(4));
        for (var at = 8; at < whole.Length; at += bits.Length)
        {
            bits.CopyTo(whole.AsSpan(at));
        }

        return whole;
    }

    /// <summary>An id without the hash that real ones are made of, which would take most of the time.</summary>
    private static PaymentId Quick(int number) =>
        PaymentId.Parse($"pay_0010000000000{unchecked((ulong)number * 0x9E3779B97F4A7C15):x16}")!.Value;

    private static PaymentId Id(int number) => PaymentId.For(Demo, $"N-{number}", 4, [5]);
}
