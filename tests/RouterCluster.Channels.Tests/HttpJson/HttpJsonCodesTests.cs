using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.HttpJson;

/// <summary>Every status with every code, in both phases, against the protocol's description.</summary>
public sealed class HttpJsonCodesTests
{
    private const string OrderNo = "00a1b2c3d4e5f6g7h8j9k0m1n2p3q01";

    private static readonly Money Amount = new(12000, new Currency("CNY"));
    private static readonly string[] Statuses = ["succeeded", "processing", "failed", "not_found", "closed"];

    private static readonly string[] Codes =
    [
        "00", "05", "51", "54", "40", "61", "60", "38", "39", "33", "10", "12", "34", "TOO_FAST", "03", "04", "99", "", "0", "too_fast",
    ];

    private static readonly Dictionary<string, (OutcomeClass Class, Landing Landing)> Definite = new()
    {
        ["51"] = (OutcomeClass.CustomerFunds, Landing.Landed),
        ["54"] = (OutcomeClass.CustomerCard, Landing.Landed),
        ["40"] = (OutcomeClass.CustomerIdentity, Landing.Landed),
        ["61"] = (OutcomeClass.CustomerLimit, Landing.Landed),
        ["60"] = (OutcomeClass.IssuerDeclined, Landing.Landed),
        ["38"] = (OutcomeClass.Risk, Landing.Landed),
        ["39"] = (OutcomeClass.ChannelMaintenance, Landing.NotLanded),
        ["33"] = (OutcomeClass.ChannelLimit, Landing.NotLanded),
        ["10"] = (OutcomeClass.OurRequest, Landing.NotLanded),
    };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(HttpJsonPhase.Submit, 200)]
    [InlineData(HttpJsonPhase.Query, 200)]
    [InlineData(HttpJsonPhase.Query, 404)]
    public async Task Every_pair_means_what_the_protocol_says_and_no_more(HttpJsonPhase phase, int httpStatus)
    {
        using var inTime = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var psp = new ScriptedPsp();
        using var protocol = new HttpJsonProtocol(
            new HttpJsonSettings(psp.BaseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], 1), _clock);
        foreach (var (status, code) in Statuses.SelectMany(status => Codes.Select(code => (status, code))))
        {
            var isNotFound = httpStatus == 404;
            psp.Then(PspAct.Send(HttpJsonWire.Signed(
                httpStatus,
                HttpJsonWire.Json(OrderNo, status, code, isNotFound ? 0 : Amount.Minor, Amount.Currency.Value, isNotFound ? null : "C1"),
                _clock.GetUtcNow())));
            var outcome = (await CallAsync(protocol, phase, inTime.Token)).Outcome;
            Assert.Equal((status, code, Expected(phase, httpStatus, status, code)), (status, code, (outcome.Class, outcome.Landing)));
        }

        Assert.Equal(1, psp.Connections);
    }

    [Fact]
    public void Each_pair_is_listed_once_in_a_phase() =>
        Assert.Equal(HttpJsonCodes.Rows.Count, HttpJsonCodes.Rows.DistinctBy(row => (row.Phase, row.Status, row.Code)).Count());

    [Fact]
    public void Only_landings_that_exist_at_the_channel_or_were_refused_by_it_are_listed() =>
        Assert.DoesNotContain(HttpJsonCodes.Rows, row => row.Landing == Landing.NotSent);

    private static Task<CallEnd> CallAsync(HttpJsonProtocol protocol, HttpJsonPhase phase, CancellationToken timeout) =>
        phase == HttpJsonPhase.Submit
            ? protocol.SubmitAsync(
                new SubmitCall(OrderNo, Product.Payout, Amount, new("6222020000000001", null, null, null, null), null, () => true), timeout)
            : protocol.QueryAsync(new QueryCall(OrderNo, Product.Payout, Amount), timeout);

    private static (OutcomeClass Class, Landing Landing) Expected(HttpJsonPhase phase, int httpStatus, string status, string code) =>
        (phase, httpStatus, status, code) switch
        {
            (HttpJsonPhase.Query, _, "failed", "TOO_FAST") => (OutcomeClass.ChannelThrottled, Landing.Maybe),
            (HttpJsonPhase.Query, 404, "not_found", "34") => (OutcomeClass.NotFound, Landing.Maybe),
            (_, 404, _, _) => (OutcomeClass.Unknown, Landing.Maybe),
            (_, _, "succeeded", "00") => (OutcomeClass.Success, Landing.Landed),
            (_, _, "processing", "05") => (OutcomeClass.Processing, Landing.Landed),
            (HttpJsonPhase.Submit, _, "failed", "TOO_FAST") => (OutcomeClass.ChannelThrottled, Landing.NotLanded),
            (HttpJsonPhase.Submit, _, "failed", "12") => (OutcomeClass.DuplicateNo, Landing.Maybe),
            (_, _, "failed", _) when Definite.TryGetValue(code, out var definite) => definite,
            _ => (OutcomeClass.Unknown, Landing.Maybe),
        };
}
