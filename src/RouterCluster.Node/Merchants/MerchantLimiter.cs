using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Merchants;

/// <summary>One merchant's limits on this node; a missing limit does not limit.</summary>
internal sealed class MerchantLimiter(MerchantLimits limits, TimeSpan dayOffset, TimeProvider time)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NotSoon = TimeSpan.FromDays(1);
    private readonly Rate? _rate = limits.RatePerSecond is { } rate ? new Rate(rate, time) : null;
    private readonly RequestLimit? _requests = limits.InFlight is { } most ? new RequestLimit(most) : null;

    /// <summary>Null without a daily limit.</summary>
    public DayAmount? Day { get; } = limits.AmountPerDay is { } most ? new DayAmount(most, dayOffset, time) : null;

    /// <summary>Null admits the request, which must then <see cref="Leave"/>.</summary>
    public Refusal? Enter()
    {
        if (_rate?.Take() is { } wait)
        {
            return MerchantRefusals.MerchantLimit("Too many payments a second.", wait);
        }

        return _requests is null || _requests.TryTake()
            ? null
            : MerchantRefusals.MerchantLimit("Too many payments at once.", OneSecond);
    }

    public void Leave() => _requests?.GiveBack();

    /// <summary>Null when the amount fits; <paramref name="share"/> must then be told the request's answer.</summary>
    public Refusal? TakeAmount(PaymentId id, long amount, out DayShare? share)
    {
        share = null;
        if (amount > limits.AmountPerPayment)
        {
            return MerchantRefusals.MerchantLimit("The amount is above what one payment may have.", NotSoon);
        }

        share = Day?.TryTake(id, amount);
        return Day is null || share is not null
            ? null
            : MerchantRefusals.MerchantLimit("The amount is above what is left of the day.", Day.UntilTomorrow);
    }

    public void Answered(DayShare? share, BookAnswer answer)
    {
        if (share is { } taken)
        {
            Day?.Answered(taken, answer);
        }
    }
}
