using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// What may be accepted in one day, in minor units. A payment is counted once, however often it is asked for: from before
/// it is handed on until it is known that it was not stored or that no money moves under it. What succeeds stays counted.
/// </summary>
/// <param name="dayOffset">Added to UTC before a day begins.</param>
/// <remarks>
/// Only payments whose end is open are held one by one. Those that were stored before the start are in the sum alone; they
/// are told apart by the moment at which they were created.
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
    /// Counts what was stored from <paramref name="dayStart"/> until <paramref name="until"/>, before this node counted for
    /// itself. A later call, when more of it is known, takes the place of an earlier one.
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

    /// <summary>Null when the amount does not fit into what is left of the day.</summary>
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

    /// <summary>What became of the request that took the share. A share of a day that is over is gone with it.</summary>
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
                    // What no request of today was in doubt about was stored before, and is in the sum already.
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

    /// <summary>A payment has come to its end, wherever it was asked for.</summary>
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

    /// <summary>What has failed is given back; what has succeeded is in the sum for good.</summary>
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

        /// <summary>Requests for it that are not answered yet.</summary>
        public int Requests { get; set; }

        /// <summary>By a request of today, so that the amount belongs into today's sum.</summary>
        public bool IsStored { get; set; }

        /// <summary>Nobody could tell the last request whether it is stored.</summary>
        public bool MayBeStored { get; set; }
    }
}

internal readonly record struct DayShare(long Day, PaymentId Id);
