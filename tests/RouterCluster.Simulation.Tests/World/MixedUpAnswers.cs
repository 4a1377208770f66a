using System.Net;
using RouterCluster.Channels;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// A company that answers a query with the words for another order, of the same amount even: signed bytes, judged by the
/// production protocol.
/// </summary>
internal sealed class MixedUpAnswers
{
    private const string Timestamp = "X-Timestamp";
    private const string Signature = "X-Signature";

    private readonly TrueClock _clock;
    private readonly HttpJsonJudge _judge;

    public MixedUpAnswers(Life life)
    {
        _clock = new TrueClock(life);
        _judge = new HttpJsonJudge(new HttpJsonSignature(SignedWords.Secret), "M1", _clock);
    }

    public Outcome Read(QueryOrder query, string otherOrderNo, bool? otherMoved)
    {
        var (status, code) = otherMoved switch
        {
            true => ("succeeded", "00"),
            false => ("failed", "51"),
            null => ("processing", "05"),
        };
        var words = SignedWords.Sign(
            otherOrderNo, status, code, query.Amount.Minor, SignedWords.Secret, _clock.GetUtcNow());
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(words.Body) };
        response.Headers.TryAddWithoutValidation(Timestamp, words.Timestamp);
        response.Headers.TryAddWithoutValidation(Signature, words.Signature);

        // In memory, so it has ended when the call returns.
        var receiving = SignedAnswer.ReceiveAsync(response, Timestamp, Signature, CancellationToken.None);
        using var answer = receiving.GetAwaiter().GetResult();
        return _judge.Judge(answer, isOurs: true, new(HttpJsonPhase.Query, query.OrderNo, query.Amount, null));
    }
}
