using Akka.Event;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels;

/// <summary>
/// Logs, now and then, answers with a wrong signature: the company's key has changed, or somebody imitates it. All of
/// them are counted in router_answers_total.
/// </summary>
internal sealed class SignatureWatch(ChannelId channel, string lane, ILoggingAdapter log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private TimeSpan? _toldAt;
    private long _untold;

    public void Heard(string code, TimeSpan now)
    {
        if (code != Outcome.BadSignature)
        {
            return;
        }

        _untold++;
        if (_toldAt is null || now - _toldAt >= Every)
        {
            log.Warning(
                "Security: {Answers} answer(s) to the {Lane} lane of channel {Channel} had a wrong signature; none was believed",
                _untold, lane, channel);
            (_toldAt, _untold) = (now, 0);
        }
    }
}
