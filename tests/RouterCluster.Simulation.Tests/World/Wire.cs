using System.Collections.Concurrent;
using System.Net;
using RouterCluster.Channels;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// What the production protocol makes of a channel's words. Words that are off in anything, and one in eight of the others,
/// are signed and read as bytes; the rest has been read before, as signing costs more than all else of a payment.
/// </summary>
internal sealed class Wire(Life life)
{
    private const int OneIn = 8;
    private const string Timestamp = "X-Timestamp";
    private const string Signature = "X-Signature";

    private static readonly ConcurrentDictionary<(WordPhase, string Status, string Code, string? Reference), Outcome> Read = [];

    private readonly HttpJsonProtocol _protocol = new(
        new HttpJsonSettings(new Uri("http://psp.invalid/"), "M1", [SignedWords.Secret], 1), new TrueClock(life));

    private readonly HttpJsonJudge _judge = new(new HttpJsonSignature(SignedWords.Secret), "M1", new TrueClock(life));
    private int _usual;

    /// <param name="orderNo">The order that was sent, or asked about.</param>
    public Outcome OutcomeOf(Word word, string orderNo, Money amount)
    {
        var key = (word.Phase, word.Status, word.Code, word.Reference);
        if (!IsUsual(word, orderNo, amount.Minor))
        {
            return ReadAnswer(word, orderNo, amount);
        }

        if (_usual++ % OneIn > 0 && Read.TryGetValue(key, out var known))
        {
            return known;
        }

        var read = ReadAnswer(word, orderNo, amount);
        return Read.GetOrAdd(key, read) is var first && first == read
            ? first
            : throw new InvalidOperationException($"{word} was read as {first}, and now as {read}");
    }

    /// <summary>Null: it is not believed.</summary>
    public ChannelNotice? NoticeOf(Word word, string orderNo, Money amount)
    {
        var key = (word.Phase, word.Status, word.Code, word.Reference);
        if (IsUsual(word, orderNo, amount.Minor) && _usual++ % OneIn > 0 && Read.TryGetValue(key, out var known))
        {
            return new ChannelNotice(orderNo, amount, known);
        }

        var notice = ReadNotice(word);
        if (notice is not null && IsUsual(word, orderNo, amount.Minor))
        {
            Read.TryAdd(key, notice.Outcome);
        }

        return notice;
    }

    private static bool IsUsual(Word word, string orderNo, long amount) =>
        word.IsAbout(orderNo, amount) && word.Age == TimeSpan.Zero;

    private Outcome ReadAnswer(Word word, string orderNo, Money amount)
    {
        var signed = SignedWords.Sign(word, LifeSettings.Birth + life.Time.Now);
        var status = word.Status == Word.NotFound ? HttpStatusCode.NotFound : HttpStatusCode.OK;
        using var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(signed.Body) };
        response.Headers.TryAddWithoutValidation(Timestamp, signed.Timestamp);
        response.Headers.TryAddWithoutValidation(Signature, signed.Signature);

        // In memory, so it has ended when the call returns.
        var receiving = SignedAnswer.ReceiveAsync(response, Timestamp, Signature, CancellationToken.None);
        using var answer = receiving.GetAwaiter().GetResult();
        var phase = word.Phase == WordPhase.Submit ? HttpJsonPhase.Submit : HttpJsonPhase.Query;
        return _judge.Judge(answer, isOurs: true, new HttpJsonExpectation(phase, orderNo, amount, null));
    }

    private ChannelNotice? ReadNotice(Word word)
    {
        var signed = SignedWords.Sign(word, LifeSettings.Birth + life.Time.Now);
        var call = new NoticeCall(
            name => name switch
            {
                Timestamp => signed.Timestamp,
                Signature => signed.Signature,
                "X-Merchant" => "M1",
                _ => null,
            },
            signed.Body);
        return _protocol.ReadNotice(call) is NoticeReading.Told { Notice: var told } ? told : null;
    }
}
