using Microsoft.Extensions.Time.Testing;
using RouterCluster.Channels.Tests.Psp;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>
/// What every protocol owes the router, whatever its wire format. A protocol's own suite derives from this one, says how it
/// connects and how its company writes answers, and adds what is its own.
/// </summary>
public abstract partial class ChannelContract : IDisposable
{
    protected const string OrderNo = "00a1b2c3d4e5f6g7h8j9k0m1n2p3q01";

    /// <summary>Far longer than any call here takes: it ends a test that hangs.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected static readonly Money Amount = new(12000, new Currency("CNY"));
    protected static readonly AccountDetails Account = new("6222020000000001", "Zhang San", "ICBC", "11010519491231002X", "13800138000");

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<IChannelProtocol> _protocols = [];

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    protected CancellationToken InTime => _patience.Token;

    public void Dispose()
    {
        _protocols.OfType<IDisposable>().ToList().ForEach(protocol => protocol.Dispose());
        _patience.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The protocol with at most <paramref name="maxConnections"/> connections per lane.</summary>
    protected abstract IChannelProtocol Create(Uri baseUrl, TimeProvider clock, int maxConnections);

    /// <summary>The whole HTTP answer, head and body, as the company sends it.</summary>
    protected abstract byte[] Write(PspAnswer answer);

    /// <summary>The same as the company's notice: headers and raw body.</summary>
    protected abstract (IReadOnlyDictionary<string, string> Headers, byte[] Body) WriteNotice(PspAnswer answer);

    /// <summary>The header that a signature is in.</summary>
    protected abstract string SignatureHeader { get; }

    protected static SubmitCall Submit(string orderNo = OrderNo, Func<bool>? mayStillSend = null) =>
        new(orderNo, Product.Withhold, Amount, Account, "https://router.example/v1/channels/alpha/notify", mayStillSend ?? (() => true));

    protected static QueryCall Query(string orderNo = OrderNo) => new(orderNo, Product.Withhold, Amount);

    protected PspAnswer Answer(Meaning meaning) => new(meaning, OrderNo, Amount, Clock.GetUtcNow());

    protected IChannelProtocol Connect(Uri baseUrl, int maxConnections = 8)
    {
        var protocol = Create(baseUrl, Clock, maxConnections);
        _protocols.Add(protocol);
        return protocol;
    }

    protected Task<CallEnd> SubmitToAsync(ScriptedPsp psp) => Connect(psp.BaseUrl).SubmitAsync(Submit(), InTime);

    protected Task<CallEnd> QueryAtAsync(ScriptedPsp psp) => Connect(psp.BaseUrl).QueryAsync(Query(), InTime);

    protected async Task<CallEnd> SubmitAnsweredAsync(PspAnswer answer)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(answer)));
        var end = await SubmitToAsync(psp);
        Assert.Single(psp.Requests);
        return end;
    }

    protected async Task<CallEnd> QueryAnsweredAsync(PspAnswer answer)
    {
        await using var psp = new ScriptedPsp(PspAct.Send(Write(answer)));
        return await QueryAtAsync(psp);
    }

    protected static void AssertUnknown(string code, CallEnd end)
    {
        Assert.Equal((OutcomeClass.Unknown, Landing.Maybe, code), (end.Outcome.Class, end.Outcome.Landing, end.Outcome.Code));
    }

    protected static void AssertEnd(OutcomeClass @class, Landing landing, CallEnd end)
    {
        Assert.Equal((@class, landing), (end.Outcome.Class, end.Outcome.Landing));
        Assert.False(end.ConnectionMayLinger);
    }
}
