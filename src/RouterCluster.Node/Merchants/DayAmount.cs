using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// The amount that may be accepted in one day, in minor units. A payment counts once, however often it is asked for: from
/// before it is handed on until it is known that it was not stored or that no money moves under it. Succeeded payments
/// stay counted.
/// </summary>
/// <param name="dayOffset">Added to UTC; a day begins at its midnight.</param>
/// <remarks>
/// Only payments without an end are held one by one. Those stored before the start are in the sum alone and recognised by
/// their time of creation.
/// </remarks>
internal sealed class DayAmount(long limit, TimeSpan dayOffset, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PaymentId, Counted> _open = [];
    private readonly HashSet<PaymentId> _givenBack = [];
    private long _day;
    private long _sum;
    private long _seeded;
    private DateTimeOffset _seededUntil = DateTimeOffset.MinValue;

    public DateTimeOffset DayStart => new DateTimeOffset(Day() * TimeSpan.TicksPerDay, TimeSpan.Zero) - dayOffset;

    public TimeSpan UntilTomorrow => DayStart + TimeSpan.FromDays(1) - time.GetUtcNow();

    /// <summary>
    /// Counts payments stored from <paramref name="dayStart"/> until <paramref name="until"/>, before this node counted.
    /// A later call, with more complete sums, replaces an earlier one.
    /// </summary>
    public void Seed(DateTimeOffset dayStart, DateTimeOffset until, long amount)
    {
        lock (_lock)
        {
            Turn();
            if (dayStart == DayStart)
            {
                _sum = checked(_sum + amount - _seeded);
                (_seeded, _seededUntil) = (amount, until);
            }
        }
    }

    /// <summary>Null when the amount exceeds the rest of the day.</summary>
    public DayShare? TryTake(PaymentId id, long amount)
    {
        lock (_lock)
        {
            Turn();
            if (_open.TryGetValue(id, out var counted))
            {
                counted.Requests++;
                return new DayShare(_day, id);
            }

            if (amount > limit - _sum)
            {
                return null;
            }

            _sum += amount;
            _open[id] = new Counted(amount) { Requests = 1 };
            return new DayShare(_day, id);
        }
    }

    /// <summary>Takes the answer to the request that has the share. Shares of a past day are ignored.</summary>
    public void Answered(DayShare share, BookAnswer answer)
    {
        lock (_lock)
        {
            Turn();
            if (share.Day != _day || !_open.TryGetValue(share.Id, out var counted))
            {
                return;
            }

            counted.Requests--;
            switch (answer)
            {
                case BookAnswer.Stored stored:
                    // If no request of today was in doubt about the payment, it was stored before and is in the sum already.
                    counted.IsStored |= stored.IsNew || (counted.MayBeStored && IsOfThisDayAndNode(stored.Payment));
                    counted.MayBeStored = false;
                    Look(stored.Payment, counted);
                    break;
                case BookAnswer.StillAccepting or BookAnswer.OutOfReach:
                    counted.MayBeStored = true;
                    break;
                case BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute or BookAnswer.NoChannelNow
                    or BookAnswer.NoSuchPayment or BookAnswer.Refused or BookAnswer.Heard:
                    // The book has looked and found nothing.
                    counted.MayBeStored = false;
                    break;
                default:
                    throw new UnreachableException();
            }

            if (counted is { Requests: 0, IsStored: false, MayBeStored: false })
            {
                Release(share.Id, counted);
            }
        }
    }

    /// <summary>A payment has ended, wherever it was asked for.</summary>
    public void Ended(Payment payment)
    {
        lock (_lock)
        {
            Turn();
            if (_open.TryGetValue(payment.Id, out var counted))
            {
                counted.IsStored |= IsOfThisDayAndNode(payment);
                Look(payment, counted);
            }
            else if (IsLost(payment) && payment.CreatedAt >= DayStart && payment.CreatedAt < _seededUntil
                && _givenBack.Add(payment.Id))
            {
                var amount = Math.Min(_seeded, payment.Content.Amount.Minor);
                _sum -= amount;
                _seeded -= amount;
            }
        }
    }

    private static bool IsLost(Payment payment) => payment.State is PaymentState.Failed or PaymentState.Closed;

    private bool IsOfThisDayAndNode(Payment payment) => payment.CreatedAt >= DayStart && payment.CreatedAt >= _seededUntil;

    /// <summary>Failed payments are given back; succeeded ones stay in the sum.</summary>
    private void Look(Payment payment, Counted counted)
    {
        if (IsLost(payment))
        {
            Release(payment.Id, counted);
        }
        else if (counted is { IsStored: true, Requests: 0 } && payment.IsFinal)
        {
            _open.Remove(payment.Id);
        }
    }

    private void Release(PaymentId id, Counted counted)
    {
        if (_open.Remove(id))
        {
            _sum -= counted.Amount;
        }
    }

    private long Day() => (time.GetUtcNow().UtcTicks + dayOffset.Ticks) / TimeSpan.TicksPerDay;

    private void Turn()
    {
        var today = Day();
        if (today != _day)
        {
            (_day, _sum, _seeded) = (today, 0, 0);
            _open.Clear();
            _givenBack.Clear();
        }
    }

    private sealed class Counted(long amount)
    {
        public long Amount => amount;

        /// <summary>Requests for the payment that are not answered yet.</summary>
        public int Requests { get; set; }

        /// <summary>Stored by a request of today, so that the amount belongs into today's sum.</summary>
        public bool IsStored { get; set; }

        /// <summary>The last request could not learn whether the payment is stored.</summary>
        public bool MayBeStored { get; set; }
    }
}

internal readonly record struct DayShare(long Day, PaymentId Id);
