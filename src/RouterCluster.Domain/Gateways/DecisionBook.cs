using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Gateways;

/// <summary>
/// Ranks gateways and learns from feedback, separately from the router's own channels. One owner; bounded memory; time and
/// chance are passed in.
/// </summary>
public sealed class DecisionBook(DecisionLimits limits)
{
    private readonly Dictionary<(MerchantId Id, ChannelMode Mode), MerchantGateways> _merchants = [];
    private readonly Dictionary<Key, Decided> _decided = [];
    private readonly Queue<Decided> _byAge = new();
    private readonly Queue<Decided> _unanswered = new();

    public int Remembered => _decided.Count;

    /// <summary>A second question about a payment that is open at the same gateway counts as the same attempt.</summary>
    public GatewayAnswer Decide(GatewayQuestion question, double draw, TimeSpan now)
    {
        GiveUpWaiting(now);
        var merchant = Of(question.Merchant, question.Mode);
        if (merchant.Choose(question, draw, now) is not { } answer)
        {
            return GatewayAnswer.Unscored(question);
        }

        var key = new Key(question.Merchant, question.Mode, question.Payment, answer.Decided);
        if (!_decided.ContainsKey(key))
        {
            Remember(key, merchant, merchant.SegmentOf(question.Method, question.Dimension), now);
        }

        return answer;
    }

    /// <summary>
    /// Repeated feedback changes nothing, different feedback is a late truth. Feedback on a payment that is not remembered
    /// counts as well, since another node may have ranked it.
    /// </summary>
    public void Learn(GatewayFeedback feedback, TimeSpan now)
    {
        GiveUpWaiting(now);
        var key = new Key(feedback.Merchant, feedback.Mode, feedback.Payment, feedback.Gateway);
        if (!feedback.IsFinal || Find(key, now) is not { } decided)
        {
            return;
        }

        var end = feedback.Succeeded ? AttemptEnd.Succeeded : AttemptEnd.ChannelFault;
        if (decided.End is null)
        {
            decided.Merchant.End(decided.Attempt, end, now);
        }
        else if (decided.End != end)
        {
            decided.Merchant.Correct(decided.Attempt, end, now);
        }

        decided.End = end;
    }

    private Decided? Find(Key key, TimeSpan now)
    {
        if (_decided.TryGetValue(key, out var decided))
        {
            return decided;
        }

        var merchant = Of(key.Merchant, key.Mode);
        return merchant.IndexOf(key.Gateway) is null ? null : Remember(key, merchant, merchant.SegmentOf("", null), now);
    }

    private MerchantGateways Of(MerchantId id, ChannelMode mode)
    {
        if (!_merchants.TryGetValue((id, mode), out var merchant))
        {
            merchant = new MerchantGateways(limits);
            _merchants.Add((id, mode), merchant);
        }

        return merchant;
    }

    private Decided Remember(Key key, MerchantGateways merchant, Segment segment, TimeSpan now)
    {
        while (_decided.Count >= limits.Remembered)
        {
            Forget(_byAge.Dequeue(), now);
        }

        var attempt = merchant.Send(merchant.IndexOf(key.Gateway)!.Value, segment, now);
        var decided = new Decided(key, merchant, attempt, now);
        _decided.Add(key, decided);
        _byAge.Enqueue(decided);
        _unanswered.Enqueue(decided);
        return decided;
    }

    private void Forget(Decided decided, TimeSpan now)
    {
        _decided.Remove(decided.Key);
        if (decided.End is null)
        {
            decided.Merchant.End(decided.Attempt, AttemptEnd.NoEvidence, now);
            decided.End = AttemptEnd.NoEvidence;
        }
    }

    private void GiveUpWaiting(TimeSpan now)
    {
        while (_unanswered.TryPeek(out var oldest) && (oldest.End is not null || now - oldest.At >= limits.UnknownAfter))
        {
            _unanswered.Dequeue();
            if (oldest.End is null)
            {
                oldest.Merchant.End(oldest.Attempt, AttemptEnd.Unknown, now);
                oldest.End = AttemptEnd.Unknown;
            }
        }
    }

    private readonly record struct Key(MerchantId Merchant, ChannelMode Mode, string Payment, string Gateway);

    private sealed class Decided(Key key, MerchantGateways merchant, RoutedAttempt attempt, TimeSpan at)
    {
        public Key Key => key;

        public MerchantGateways Merchant => merchant;

        public RoutedAttempt Attempt => attempt;

        public TimeSpan At => at;

        public AttemptEnd? End { get; set; }
    }
}
