using System.Buffers;
using RouterCluster.Actors.Payments;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Host.Access;
using RouterCluster.Host.Limits;
using RouterCluster.Host.Replies;

namespace RouterCluster.Host.Ingress;

/// <summary>Takes a checked request to the books, as far as the merchant's limits permit.</summary>
internal sealed partial class PaymentAcceptance(
    RouterSettings settings, IPayments payments, IAccountVault vault, DuplicateWatch duplicates,
    ILogger<PaymentAcceptance> logger)
{
    private static readonly BookAnswer NobodyKnows = new BookAnswer.StillAccepting();

    public async Task<(BookAnswer? Answer, Refusal? Refusal)> AcceptAsync(
        PaymentDraft draft, MerchantCaller caller, TimeSpan wait, CancellationToken cancellation)
    {
        if (WhyForbidden(draft, caller) is { } forbidden)
        {
            return (null, forbidden);
        }

        var content = Seal(draft, caller);
        if (caller.Limits.TakeAmount(draft.Amount.Minor, out var share) is { } full
            && await WhyRefusedAsync(content, full, cancellation) is { } refusal)
        {
            return (null, refusal);
        }

        var expiresIn = draft.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.Book.ExpiresIn;
        var answer = await HandOnAsync(content, draft.Account, expiresIn, wait, cancellation);
        if (!MayBeNew(answer))
        {
            caller.Limits.GiveBack(share);
        }

        return (answer, null);
    }

    /// <summary>From here on no error may claim that nothing was stored.</summary>
    private async Task<BookAnswer> HandOnAsync(
        PaymentContent content, AccountDetails account, TimeSpan expiresIn, TimeSpan wait, CancellationToken cancellation)
    {
        var sighting = duplicates.Enter(content.Merchant, account, content.Amount, content.OrderNo);
        try
        {
            var duplicateOf = sighting is null ? null : await duplicates.FirstAsync(content.Merchant, sighting);
            return await payments.AcceptAsync(content, expiresIn, duplicateOf, wait, cancellation);
        }
        catch (Exception exception)
        {
            LogUnknown(exception, content.Merchant, content.OrderNo);
            return NobodyKnows;
        }
        finally
        {
            sighting?.Left();
        }
    }

    /// <summary>
    /// A number that is known is answered whatever the limits say: a refusal would read as "nothing was stored" to a
    /// merchant who asks again after a 409.
    /// </summary>
    private async Task<Refusal?> WhyRefusedAsync(PaymentContent content, Refusal full, CancellationToken cancellation)
    {
        var known = await payments.GetAsync(payments.IdOf(content.Merchant, content.OrderNo), cancellation);
        return known switch
        {
            BookAnswer.Stored => null,
            BookAnswer.NoSuchPayment => full,
            _ => Refusals.InProgress,
        };
    }

    private Refusal? WhyForbidden(PaymentDraft draft, MerchantCaller caller)
    {
        var isRealMoney = settings.Mode == ChannelMode.Live || caller.Mode == ChannelMode.Live;
        return !caller.Merchant.Products.Contains(draft.Product) ? Refusals.ProductNotAllowed
            : draft.Product == Product.Payout && isRealMoney && settings.PayoutApproval == PayoutApproval.None
                ? Refusals.ApprovalRequired
                : null;
    }

    private PaymentContent Seal(PaymentDraft draft, MerchantCaller caller)
    {
        var canonical = new ArrayBufferWriter<byte>(512);
        CanonicalForm.Write(canonical, draft, caller.Mode, settings.Book.ExpiresIn);
        return new PaymentContent(
            caller.Merchant.Id, draft.OrderNo, draft.Product, draft.Amount, vault.Seal(draft.Account), caller.Mode,
            draft.NotifyUrl, draft.Metadata, vault.Fingerprint(canonical.WrittenSpan));
    }

    private static bool MayBeNew(BookAnswer answer) => answer is BookAnswer.Stored { IsNew: true } or BookAnswer.StillAccepting;

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {OrderNo} of {Merchant} was stored is not known")]
    private partial void LogUnknown(Exception exception, MerchantId merchant, string orderNo);
}
