using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Merchants;

/// <summary>
/// Decides one transaction's requests, one after the other, on the rows that the transaction has locked, and says which
/// rows to write. Several nodes that work on the same rows are as exact as one.
/// </summary>
public sealed class Admissions(
    AdmissionRules rules, IEnumerable<Allowance> allowances, IEnumerable<DayShare> shares, IEnumerable<Sighting> sightings)
{
    public ChangedRows<MerchantId, Allowance> Allowances { get; } = new(allowances, row => row.Merchant);

    public ChangedRows<PaymentId, DayShare> Shares { get; } = new(shares, row => row.Payment);

    public ChangedRows<(Fingerprint, PaymentId), Sighting> Sightings { get; } = new(sightings, row => (row.Content, row.Payment));

    /// <summary>A granted request must be followed by <see cref="NotStored"/> if its book says so.</summary>
    public Admission Admit(AdmissionRequest request, DateTimeOffset now)
    {
        var allowance = Today(request.Terms.Merchant, now);
        if (request.Terms.RatePerSecond is { } rate)
        {
            var fullAt = (now > allowance.FullAt ? now : allowance.FullAt) + TimeSpan.FromSeconds(1 / rate);
            var mayBeFullIn = RateState.MayBeFullIn(rate);
            if (fullAt - now > mayBeFullIn)
            {
                return new Admission.TooFast(fullAt - now - mayBeFullIn);
            }

            allowance = allowance with { FullAt = fullAt };
            Allowances.Put(allowance.Merchant, allowance);
        }

        if (request.Terms.AmountPerDay is { } limit && !TryCount(request, allowance, limit, now))
        {
            return new Admission.DayIsFull(rules.StartOf(allowance.Day + 1) - now);
        }

        IReadOnlyList<Sighting> others = request.Terms.SuspendsDuplicates ? See(request, now) : [];
        return new Admission.Granted(now, allowance.Day, others) { FullAt = allowance.FullAt };
    }

    /// <summary>The request was granted, and its book has looked and stored nothing for it.</summary>
    public void NotStored(AdmissionRequest request)
    {
        if (request.Terms.AmountPerDay is not null && Shares.Find(request.Payment) is { } share)
        {
            if (share.Requests > 1)
            {
                Shares.Put(share.Payment, share with { Requests = share.Requests - 1 });
            }
            else
            {
                GiveBack(share);
            }
        }

        var key = (request.Content, request.Payment);
        if (request.Terms.SuspendsDuplicates && Sightings.Find(key) is { } sighting)
        {
            if (sighting.Requests > 1)
            {
                Sightings.Put(key, sighting with { Requests = sighting.Requests - 1 });
            }
            else
            {
                Sightings.Remove(key);
            }
        }
    }

    /// <summary>No money moves under the payment, or it belongs to an earlier day.</summary>
    /// <param name="knownSince">Null, or the share's latest request when this became known: a later one may change it.</param>
    public void NotCounted(PaymentId payment, DateTimeOffset? knownSince)
    {
        if (Shares.Find(payment) is { } share && (knownSince is null || share.At == knownSince))
        {
            GiveBack(share);
        }
    }

    /// <summary>Counts a payment that was stored without admission, whatever the limit says.</summary>
    public void Count(Payment payment, DateTimeOffset now)
    {
        var amount = payment.Content.Amount.Minor;
        var allowance = Today(payment.Content.Merchant, now);
        if (Shares.Find(payment.Id) is null)
        {
            Put(allowance, amount, new DayShare(payment.Id, allowance.Merchant, allowance.Day, amount, 1, now));
        }
    }

    /// <summary>The row, with the sum of the latest day that any node has come to.</summary>
    public Allowance Today(MerchantId merchant, DateTimeOffset now)
    {
        var allowance = Allowances.Find(merchant) ?? new Allowance(merchant, DateTimeOffset.MinValue, 0, 0);
        var day = rules.DayOf(now);
        return allowance.Day >= day ? allowance : allowance with { Day = day, Sum = 0 };
    }

    /// <summary>
    /// A payment counts once. If its requests differ, nobody knows which of them is stored: the highest counts.
    /// </summary>
    private bool TryCount(AdmissionRequest request, Allowance allowance, long limit, DateTimeOffset now)
    {
        var share = Shares.Find(request.Payment) is { } known && known.Day == allowance.Day ? known : null;
        var counted = share?.Amount ?? 0;
        var amount = Math.Max(counted, request.Amount);
        if (amount > counted && amount - counted > limit - allowance.Sum)
        {
            return false;
        }

        Put(allowance, amount - counted, new DayShare(
            request.Payment, allowance.Merchant, allowance.Day, amount, (share?.Requests ?? 0) + 1, now));
        return true;
    }

    private void Put(Allowance allowance, long more, DayShare share)
    {
        Allowances.Put(allowance.Merchant, allowance with { Sum = checked(allowance.Sum + more) });
        Shares.Put(share.Payment, share);
    }

    private List<Sighting> See(AdmissionRequest request, DateTimeOffset now)
    {
        var key = (request.Content, request.Payment);
        var others = Sightings.All
            .Where(sighting => sighting.Content == request.Content && sighting.Payment != request.Payment)
            .Where(sighting => now - sighting.At <= rules.DuplicatesWithin)
            .OrderBy(sighting => sighting.At)
            .ToList();
        var requests = (Sightings.Find(key)?.Requests ?? 0) + 1;
        Sightings.Put(key, new Sighting(request.Content, request.Payment, request.OrderNo, requests, now));
        return others;
    }

    private void GiveBack(DayShare share)
    {
        Shares.Remove(share.Payment);
        if (Allowances.Find(share.Merchant) is { } allowance && allowance.Day == share.Day)
        {
            Allowances.Put(allowance.Merchant, allowance with { Sum = checked(allowance.Sum - share.Amount) });
        }
    }
}
