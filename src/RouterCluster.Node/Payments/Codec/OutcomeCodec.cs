using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

internal static class OutcomeCodec
{
    public static StoredOutcome ToStored(Outcome outcome)
    {
        var stored = new StoredOutcome { Class = (int)outcome.Class, Landing = (int)outcome.Landing, Code = outcome.Code };
        if (outcome.Message is { } message)
        {
            stored.Message = message;
        }

        if (outcome.ChannelOrderNo is { } channelOrderNo)
        {
            stored.ChannelOrderNo = channelOrderNo;
        }

        return stored;
    }

    public static StoredOutcome? OrNull(Outcome? outcome) => outcome is null ? null : ToStored(outcome);

    public static Outcome? OrNull(StoredOutcome? stored) => stored is null ? null : ToOutcome(stored);

    public static Outcome ToOutcome(StoredOutcome stored) => new(
        stored.Class.ToKnown<OutcomeClass>(),
        stored.Landing.ToKnown<Landing>(),
        stored.Code,
        stored.HasMessage ? stored.Message : null,
        stored.HasChannelOrderNo ? stored.ChannelOrderNo : null);

    public static StoredFailure ToStored(PaymentFailure failure)
    {
        var stored = new StoredFailure { Class = (int)failure.Class, Code = failure.Code };
        if (failure.Channel is { } channel)
        {
            stored.Channel = channel.Value;
        }

        if (failure.Message is { } message)
        {
            stored.Message = message;
        }

        return stored;
    }

    public static PaymentFailure ToFailure(StoredFailure stored) => new(
        stored.Class.ToKnown<OutcomeClass>(),
        stored.Code,
        stored.HasChannel ? ChannelId.Unchecked(stored.Channel) : null,
        stored.HasMessage ? stored.Message : null);
}
