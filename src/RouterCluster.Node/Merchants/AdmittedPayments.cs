using System.Buffers;
using System.Diagnostics;
using System.Text;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Merchants;

/// <summary>Asks the limits that all nodes share about one request, and tells them what became of it.</summary>
internal sealed class AdmittedPayments(
    IMerchantAdmissions admissions, IPayments payments, IAccountVault vault, AdmissionRules rules, TimeProvider clock)
{
    /// <summary>A merchant without such limits is admitted at once.</summary>
    /// <exception cref="TimeoutException">The storage has not answered in time.</exception>
    public async Task<(Admitted? Admitted, Refusal? Refusal)> EnterAsync(
        MerchantLimiter limits, PaymentId id, PaymentContent content, AccountDetails account, CancellationToken cancellation)
    {
        if (!limits.Terms.AreAny)
        {
            return (Admitted.Freely, null);
        }

        var key = limits.Terms.SuspendsDuplicates ? KeyOf(content, account) : default;
        var request = new AdmissionRequest(limits.Terms, id, content.OrderNo, content.Amount.Minor, key);
        switch (await admissions.AdmitAsync(request, cancellation))
        {
            case Admission.Granted granted:
                limits.Took(granted.FullAt - granted.At);
                return (new Admitted(request, granted, await FirstAsync(granted.Others)), null);
            case Admission.TooFast tooFast:
                return (null, limits.Close(tooFast.Wait));
            case Admission.DayIsFull full:
                return (null, MerchantRefusals.MerchantLimit("The amount is above what is left of the day.", full.UntilTomorrow));
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The last moment at which the payment may still be stored; null: at any time.</summary>
    public DateTimeOffset? StoreBefore(Admitted admitted) => admitted.Granted?.At + rules.StoreWithin;

    /// <summary>Takes the answer to the request.</summary>
    public void Answered(Admitted admitted, BookAnswer answer)
    {
        if (admitted is not { Request: { } request, Granted: { } granted })
        {
            return;
        }

        switch (answer)
        {
            case BookAnswer.Stored { IsNew: false } known when !Counts(known.Payment, granted.Day):
                admissions.NotCounted(
                    new DayShare(request.Payment, request.Terms.Merchant, granted.Day, request.Amount, 1, granted.At), null);
                break;
            case BookAnswer.Stored or BookAnswer.StillAccepting or BookAnswer.OutOfReach:
                break;
            case BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute or BookAnswer.NoChannelNow
                or BookAnswer.NoSuchPayment or BookAnswer.Refused or BookAnswer.Heard:
                // The book has looked and found nothing.
                admissions.NotStored(request);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A payment of an earlier day is asked for again, or one under which no money moves.</summary>
    private bool Counts(Payment payment, long day) =>
        payment.State is not (PaymentState.Failed or PaymentState.Closed) && rules.DayOf(payment.CreatedAt) >= day;

    /// <summary>An earlier number of the same account and amount, unless it is known that no money moves under it.</summary>
    private async Task<string?> FirstAsync(IReadOnlyList<Sighting> others)
    {
        foreach (var other in others)
        {
            var askedAt = clock.GetUtcNow();
            if (DuplicateRule.IsFirst(other, await payments.GetAsync(other.Payment, CancellationToken.None), askedAt, rules))
            {
                return other.OrderNo;
            }
        }

        return null;
    }

    private Fingerprint KeyOf(PaymentContent content, AccountDetails account)
    {
        var (merchant, amount) = (content.Merchant, content.Amount);
        var words = new ArrayBufferWriter<byte>(128);
        Encoding.UTF8.GetBytes(
            $"duplicate\n{merchant}\n{content.Mode}\n{amount.Currency}\n{amount.Minor}\n{account.Number}", words);
        return vault.Fingerprint(words.WrittenSpan);
    }
}

/// <param name="Granted">Null where the merchant has no limit that all nodes share.</param>
/// <param name="DuplicateOf">Another number of the same account and amount.</param>
internal sealed record Admitted(AdmissionRequest? Request, Admission.Granted? Granted, string? DuplicateOf)
{
    public static readonly Admitted Freely = new(null, null, null);
}
