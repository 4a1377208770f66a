using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>What a stored payment must be to stand in a list; null: anything.</summary>
/// <param name="Class">Of any attempt, or of the payment's failure; the same holds for the code.</param>
/// <param name="Since">Accepted at this moment or later.</param>
/// <param name="Until">Accepted before this moment.</param>
public sealed record PaymentFilter(
    PaymentState? State = null, ChannelId? Channel = null, MerchantId? Merchant = null, Product? Product = null,
    OutcomeClass? Class = null, string? Code = null, string? Bank = null, long? MinAmount = null, long? MaxAmount = null,
    DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    public bool OldestFirst { get; init; }

    /// <summary>Of the key that the payment was made with.</summary>
    public ChannelMode? Mode { get; init; }

    /// <summary>An index leads to its payments. Without one the whole table would be read.</summary>
    public bool HasIndex => State is not (null or PaymentState.Succeeded) || Channel is not null || Merchant is not null
        || Since is not null || Until is not null;

    public bool Fits(Payment payment) =>
        Is(State, payment.State)
        && (Channel is null || payment.Channel == Channel)
        && Is(Merchant, payment.Content.Merchant)
        && Is(Mode, payment.Content.Mode)
        && Is(Product, payment.Content.Product)
        && (Class is null || Classes(payment).Contains(Class.Value))
        && (Code is null || Codes(payment).Contains(Code))
        && (Bank is null || payment.Content.Account.Bank == Bank)
        && !(payment.Content.Amount.Minor < MinAmount)
        && !(payment.Content.Amount.Minor > MaxAmount)
        && !(payment.CreatedAt < Since)
        && !(payment.CreatedAt >= Until);

    private static bool Is<T>(T? wanted, T found)
        where T : struct => wanted is null || EqualityComparer<T>.Default.Equals(wanted.Value, found);

    private static IEnumerable<OutcomeClass> Classes(Payment payment)
    {
        var ofAttempts = payment.Attempts.Select(
            attempt => attempt.DecidedBy is null ? attempt.Outcome.Class : OutcomeClass.Decided);
        return payment.Failure is { } failure ? ofAttempts.Append(failure.Class) : ofAttempts;
    }

    private static IEnumerable<string> Codes(Payment payment)
    {
        var ofAttempts = payment.Attempts.Select(attempt => attempt.Outcome.Code);
        return payment.Failure is { } failure ? ofAttempts.Append(failure.Code) : ofAttempts;
    }
}
