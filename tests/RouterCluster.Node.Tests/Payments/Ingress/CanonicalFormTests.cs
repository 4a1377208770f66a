using System.Buffers;
using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class CanonicalFormTests
{
    private static readonly PaymentDraft Draft = new(
        "A-1", Product.Withhold, new Money(100, new Currency("CNY")), new AccountDetails("622202", "Li", "ICBC", "1", "+861"),
        "https://example.com/", ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"), 600);

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, PaymentDraft> Changed => new()
    {
        ["order_no"] = Draft with { OrderNo = "A-2" },
        ["product"] = Draft with { Product = Product.Payout },
        ["amount"] = Draft with { Amount = new Money(101, new Currency("CNY")) },
        ["currency"] = Draft with { Amount = new Money(100, new Currency("USD")) },
        ["number"] = Draft with { Account = Draft.Account with { Number = "622203" } },
        ["holder"] = Draft with { Account = Draft.Account with { Holder = null } },
        ["bank"] = Draft with { Account = Draft.Account with { Bank = "ABC" } },
        ["id_no"] = Draft with { Account = Draft.Account with { IdNo = null } },
        ["shifted"] = Draft with { Account = Draft.Account with { IdNo = "+861", Phone = "1" } },
        ["notify_url"] = Draft with { NotifyUrl = null },
        ["metadata"] = Draft with { Metadata = Draft.Metadata.SetItem("a", "c") },
        ["metadata key"] = Draft with { Metadata = Draft.Metadata.Add("b", "c") },
        ["expires_in"] = Draft with { ExpiresInSeconds = 601 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_field_makes_a_difference(string field) => Assert.NotEqual(Of(Draft), Of(Changed[field]));

    [Fact]
    public void The_keys_mode_makes_a_difference() => Assert.NotEqual(Of(Draft), Of(Draft, ChannelMode.Live));

    [Fact]
    public void A_spelt_out_default_makes_none() => Assert.Equal(Of(Draft), Of(Draft with { ExpiresInSeconds = null }));

    private static byte[] Of(PaymentDraft draft, ChannelMode mode = ChannelMode.Sandbox)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(bytes, draft, mode, TimeSpan.FromSeconds(600));
        return bytes.WrittenSpan.ToArray();
    }
}
