using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Payments;

public sealed class PaymentIdTests
{
    private static readonly MerchantId Demo = new("demo");
    private static readonly byte[] Salt = [1, 2, 3, 4];
    private static readonly Gen<string> Numbers = Gen.String[Gen.Char.AlphaNumeric, 1, 64];

    [Fact]
    public void The_id_of_a_number_is_the_same_in_every_process_and_version()
    {
        Assert.Equal("pay_00dktnvfqt5majmfe9ma53g3w15kc", PaymentId.For(Demo, "A-1001", 16, Salt).Value);
        Assert.Equal("00dktnvfqt5majmfe9ma53g3w15kc01", PaymentId.For(Demo, "A-1001", 16, Salt).AttemptOrderNo(1));
    }

    [Fact]
    public void The_book_is_the_hash_of_merchant_and_number_whatever_the_salt() => Numbers.Sample(
        number =>
        {
            var name = System.Text.Encoding.UTF8.GetBytes($"demo\n{number}");
            var head = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(name));
            Assert.Equal((int)(head % 16), PaymentId.For(Demo, number, 16, Salt).Book);
            Assert.Equal((int)(head % 4096), PaymentId.For(Demo, number, PaymentId.MaxBooks, [9]).Book);
        },
        iter: 300);

    [Fact]
    public void An_id_reads_back_as_itself() => Numbers.Sample(
        number =>
        {
            var id = PaymentId.For(Demo, number, 16, Salt);
            Assert.Equal(id, PaymentId.Parse(id.Value));
        },
        iter: 300);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pay_")]
    [InlineData("pay_00001234567890123456789012")]
    [InlineData("PAY_00001234567890123456789012345")]
    [InlineData("pay_00G01234567890123456789012345")]
    [InlineData("pay_000012345678901234567890123il")]
    [InlineData("pay_000012345678901234567890123456")]
    public void What_cannot_be_an_id_is_none(string? text) => Assert.Null(PaymentId.Parse(text));

    [Fact]
    public void Ids_of_other_salts_merchants_and_numbers_differ()
    {
        PaymentId[] ids =
        [
            PaymentId.For(Demo, "A-1", 16, Salt), PaymentId.For(Demo, "A-1", 16, [1, 2, 3, 5]),
            PaymentId.For(new MerchantId("other"), "A-1", 16, Salt), PaymentId.For(Demo, "a-1", 16, Salt),
        ];
        Assert.Equal(ids.Length, ids.Select(id => id.Value[7..]).Distinct().Count());
    }

    [Fact]
    public void Every_attempt_has_a_number_of_its_own_that_every_channel_takes()
    {
        var numbers = Enumerable.Range(0, 1000)
            .SelectMany(n => Enumerable.Range(1, 99).Select(no => PaymentId.For(Demo, $"A-{n}", 16, Salt).AttemptOrderNo(no)))
            .ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.Matches("^[A-Za-z0-9]{8,32}$", number));
    }
}
