using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// One merchant's limits as far as a node knows them by itself; a missing limit does not limit. While the rate is used up,
/// the node refuses without asking the storage, so that a flood costs no transactions.
/// </summary>
internal sealed class MerchantLimiter(MerchantId id, MerchantLimits limits, bool suspendsDuplicates, TimeProvider time)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NotSoon = TimeSpan.FromDays(1);
    private readonly RequestLimit? _requests = limits.InFlight is { } most ? new RequestLimit(most) : null;
    private readonly long _startedAt = time.GetTimestamp();
    private long _closedUntilTicks;
    private long _fullAtTicks;

    /// <summary>The limits of all nodes together.</summary>
    public AdmissionTerms Terms { get; } = new(id, limits.RatePerSecond, limits.AmountPerDay, suspendsDuplicates);

    /// <summary>What is left of the rate, as far as this node has heard of it; null: there is none.</summary>
    public RateState? Rate => limits.RatePerSecond is { } rate
        ? RateState.Of(rate, TimeSpan.FromTicks(Volatile.Read(ref _fullAtTicks)) - time.GetElapsedTime(_startedAt))
        : null;

    /// <summary>Null admits the request, which must then <see cref="Leave"/>.</summary>
    public Refusal? Enter()
    {
        var closedFor = TimeSpan.FromTicks(Volatile.Read(ref _closedUntilTicks)) - time.GetElapsedTime(_startedAt);
        if (closedFor > TimeSpan.Zero)
        {
            return TooFast(closedFor);
        }

        return _requests is null || _requests.TryTake()
            ? null
            : MerchantRefusals.MerchantLimit("Too many payments at once.", OneSecond);
    }

    public void Leave() => _requests?.GiveBack();

    /// <summary>A payment was admitted, and all tokens are back after this time.</summary>
    public void Took(TimeSpan fullIn)
    {
        var fullAt = (time.GetElapsedTime(_startedAt) + fullIn).Ticks;
        if (fullAt > Volatile.Read(ref _fullAtTicks))
        {
            Volatile.Write(ref _fullAtTicks, fullAt);
        }
    }

    /// <summary>There are no tokens for so long.</summary>
    public Refusal Close(TimeSpan wait)
    {
        if (limits.RatePerSecond is { } rate)
        {
            Took(wait + RateState.MayBeFullIn(rate) - TimeSpan.FromSeconds(1 / rate));
        }

        Volatile.Write(ref _closedUntilTicks, (time.GetElapsedTime(_startedAt) + wait).Ticks);
        return TooFast(wait);
    }

    /// <summary>Null when one payment may have the amount.</summary>
    public Refusal? WhyTooLarge(long amount) => amount > limits.AmountPerPayment
        ? MerchantRefusals.MerchantLimit("The amount is above what one payment may have.", NotSoon)
        : null;

    private static Refusal TooFast(TimeSpan wait) => MerchantRefusals.MerchantLimit("Too many payments a second.", wait);
}
