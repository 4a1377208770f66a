using RouterCluster.Api;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments;

/// <summary>A payment in the API; of the account only the masked number.</summary>
internal static class PaymentView
{
    public static PaymentBody ToBody(this Payment payment) => new(
        payment.Id.Value,
        payment.Content.OrderNo,
        payment.Content.Merchant.Value,
        payment.Content.Product.Name(),
        payment.Content.Amount.Minor,
        payment.Content.Amount.Currency.Value,
        new PaymentAccountBody(payment.Content.Account.MaskedNumber, payment.Content.Account.Bank),
        (IsUnsent(payment, payment.OpenAttempt) ? PaymentState.Accepted : payment.State).Name(),
        payment.Channel?.Value,
        payment.Failure is { } failure ? ToBody(failure) : null,
        ToBodies(payment),
        payment.Content.Metadata,
        payment.CreatedAt,
        payment.UpdatedAt);

    private static FailureBody ToBody(PaymentFailure failure) =>
        new(failure.Class.Name(), TextOrNull(failure.Code), failure.Channel?.Value, failure.Message);

    private static AttemptBody[] ToBodies(Payment payment)
    {
        var bodies = new AttemptBody[payment.Attempts.Length];
        for (var at = 0; at < bodies.Length; at++)
        {
            var attempt = payment.Attempts[at];
            bodies[at] = ToBody(attempt, IsUnsent(payment, attempt));
        }

        return bodies;
    }

    /// <summary>The attempt waits in its lane; the payment counts as accepted, like one of which nothing was sent.</summary>
    private static bool IsUnsent(Payment payment, Attempt? attempt) =>
        payment is { IsInQueue: true, State: PaymentState.Processing }
        && attempt is { State: AttemptState.Processing };

    private static AttemptBody ToBody(Attempt attempt, bool isUnsent) => new(
        attempt.No,
        attempt.Channel.Value,
        attempt.OrderNo,
        attempt.Outcome.ChannelOrderNo,
        isUnsent ? PaymentState.Accepted.Name() : attempt.State.Name(),
        (attempt.DecidedBy is null ? attempt.Outcome.Class : OutcomeClass.Decided).Name(),
        TextOrNull(attempt.Outcome.Code),
        attempt.StartedAt,
        attempt.EndedAt)
    {
        First = attempt.First is { } first && (first.Class, first.Code) != (attempt.Outcome.Class, attempt.Outcome.Code)
            ? new FirstOutcomeBody(first.Class.Name(), TextOrNull(first.Code))
            : null,
    };

    /// <summary>An attempt without an outcome has an empty code.</summary>
    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;
}
