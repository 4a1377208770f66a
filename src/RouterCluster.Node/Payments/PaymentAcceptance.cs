using System.Buffers;
using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>Takes a checked request to the books within the merchant's limits.</summary>
internal sealed partial class PaymentAcceptance(
    NodeSettings node, BookSettings settings, IPayments payments, PaymentNumbers numbers, IAccountVault vault,
    AdmittedPayments admissions, ILogger<PaymentAcceptance> logger)
{
    private const int UsualCanonicalBytes = 512;

    private static readonly BookAnswer NobodyKnows = new BookAnswer.StillAccepting();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _canonical;

    /// <param name="full">The merchant's limit that is already reached; null: none.</param>
    public async Task<(BookAnswer? Answer, Refusal? Refusal)> AcceptAsync(
        PaymentDraft draft, MerchantCaller caller, Refusal? full, ResultWait wait, CancellationToken cancellation)
    {
        var merchant = caller.Merchant.Id;
        if (await numbers.OfAsync(merchant, draft.OrderNo, caller.Mode, cancellation) is not { } id)
        {
            return (NobodyKnows, null);
        }

        var content = Seal(draft, caller);
        var admitted = Admitted.Freely;
        var why = full ?? WhyForbidden(draft, caller) ?? caller.Limits.WhyTooLarge(draft.Amount.Minor);
        if (why is null)
        {
            (var entered, why) = await EnterAsync(id, content, draft.Account, caller, cancellation);
            if (entered is null && why is null)
            {
                return (NobodyKnows, null);
            }

            admitted = entered ?? admitted;
        }

        if (why is not null)
        {
            if (await WhyRefusedAsync(id, why, cancellation) is { } refusal)
            {
                return (null, refusal);
            }

            wait = ResultWait.None;
        }

        var expiresIn = draft.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.ExpiresIn;
        var answer = await HandOnAsync(id, content, expiresIn, admitted, wait, cancellation);
        admissions.Answered(admitted, answer);
        return (answer, null);
    }

    /// <summary>Both are null where the storage does not answer: an earlier request may have stored the number.</summary>
    private async Task<(Admitted? Admitted, Refusal? Refusal)> EnterAsync(
        PaymentId id, PaymentContent content, AccountDetails account, MerchantCaller caller, CancellationToken cancellation)
    {
        try
        {
            return await admissions.EnterAsync(caller.Limits, id, content, account, cancellation);
        }
        catch (Exception exception)
        {
            LogUnknown(exception, id, content.OrderNo, content.Merchant);
            return (null, null);
        }
    }

    /// <summary>From here on no error may claim that nothing was stored.</summary>
    private async Task<BookAnswer> HandOnAsync(
        PaymentId id, PaymentContent content, TimeSpan expiresIn, Admitted admitted, ResultWait wait,
        CancellationToken cancellation)
    {
        try
        {
            var inTime = wait with { StoreBefore = admissions.StoreBefore(admitted) };
            return await payments.AcceptAsync(id, content, expiresIn, admitted.DuplicateOf, inTime, cancellation);
        }
        catch (Exception exception)
        {
            LogUnknown(exception, id, content.OrderNo, content.Merchant);
            return NobodyKnows;
        }
    }

    /// <summary>
    /// A known number is answered whatever limits and permissions say: a merchant who asks again after a 409 would read a
    /// refusal as "nothing was stored".
    /// </summary>
    private async Task<Refusal?> WhyRefusedAsync(PaymentId id, Refusal why, CancellationToken cancellation) =>
        await payments.GetAsync(id, cancellation) switch
        {
            BookAnswer.Stored => null,
            BookAnswer.NoSuchPayment => why,
            BookAnswer.StillAccepting or BookAnswer.OutOfReach or BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute
                or BookAnswer.NoChannelNow or BookAnswer.Refused or BookAnswer.Heard => PaymentRefusals.InProgress,
            _ => throw new UnreachableException(),
        };

    private Refusal? WhyForbidden(PaymentDraft draft, MerchantCaller caller)
    {
        var isRealMoney = node.Mode == ChannelMode.Live || caller.Mode == ChannelMode.Live;
        if (!caller.Merchant.Products.Contains(draft.Product))
        {
            return PaymentRefusals.ProductNotAllowed;
        }

        return draft.Product == Product.Payout && isRealMoney && settings.PayoutApproval == PayoutApproval.None
            ? PaymentRefusals.ApprovalRequired
            : null;
    }

    private PaymentContent Seal(PaymentDraft draft, MerchantCaller caller)
    {
        return new PaymentContent(
            caller.Merchant.Id, draft.OrderNo, draft.Product, draft.Amount, vault.Seal(draft.Account), caller.Mode,
            draft.NotifyUrl, draft.Metadata, FingerprintOf(draft, caller));
    }

    private Fingerprint FingerprintOf(PaymentDraft draft, MerchantCaller caller)
    {
        var canonical = _canonical ??= new ArrayBufferWriter<byte>(UsualCanonicalBytes);
        try
        {
            CanonicalForm.Write(canonical, draft, caller.Mode, settings.ExpiresIn);
            return vault.Fingerprint(canonical.WrittenSpan);
        }
        finally
        {
            // Clear also wipes: the buffer outlives the call and must not keep the account.
            canonical.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {PaymentId}, {OrderNo} of {Merchant}, was stored is not known")]
    private partial void LogUnknown(Exception exception, PaymentId paymentId, string orderNo, MerchantId merchant);
}
