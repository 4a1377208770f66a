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
    DuplicateWatch duplicates, ILogger<PaymentAcceptance> logger)
{
    private static readonly BookAnswer NobodyKnows = new BookAnswer.StillAccepting();

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
        DayShare? share = null;
        if ((full ?? WhyForbidden(draft, caller) ?? caller.Limits.TakeAmount(id, draft.Amount.Minor, out share)) is { } why)
        {
            if (await WhyRefusedAsync(id, why, cancellation) is { } refusal)
            {
                return (null, refusal);
            }

            wait = ResultWait.None;
        }

        var expiresIn = draft.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.ExpiresIn;
        var answer = await HandOnAsync(id, content, draft.Account, expiresIn, wait, cancellation);
        caller.Limits.Answered(share, answer);
        return (answer, null);
    }

    /// <summary>From here on no error may claim that nothing was stored.</summary>
    private async Task<BookAnswer> HandOnAsync(
        PaymentId id, PaymentContent content, AccountDetails account, TimeSpan expiresIn, ResultWait wait,
        CancellationToken cancellation)
    {
        var sighting = duplicates.Enter(content, account, id);
        try
        {
            var duplicateOf = sighting is null ? null : await duplicates.FirstAsync(sighting);
            return await payments.AcceptAsync(id, content, expiresIn, duplicateOf, wait, cancellation);
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
        var canonical = new ArrayBufferWriter<byte>(512);
        CanonicalForm.Write(canonical, draft, caller.Mode, settings.ExpiresIn);
        return new PaymentContent(
            caller.Merchant.Id, draft.OrderNo, draft.Product, draft.Amount, vault.Seal(draft.Account), caller.Mode,
            draft.NotifyUrl, draft.Metadata, vault.Fingerprint(canonical.WrittenSpan));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {OrderNo} of {Merchant} was stored is not known")]
    private partial void LogUnknown(Exception exception, MerchantId merchant, string orderNo);
}
