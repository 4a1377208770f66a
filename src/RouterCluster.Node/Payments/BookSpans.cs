using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Payments;

/// <summary>The book's part of payments' traces: a span for each commit, and the root when the payment ends.</summary>
internal static class BookSpans
{
    /// <param name="took">How long the row took to be stored.</param>
    public static void RowCommitted(this PaymentSpans spans, int book, TimeSpan took, IReadOnlyList<BookEffect> effects)
    {
        if (!spans.IsOn)
        {
            return;
        }

        foreach (var row in effects.OfType<BookEffect.Committed>())
        {
            foreach (var changes in row.Events.GroupBy(happened => happened.After.Id))
            {
                RowCommitted(spans, book, took, row.Sequence, [.. changes]);
            }
        }
    }

    /// <summary>The payment has failed, waits for people or takes too long, or an attempt of it was no success.</summary>
    public static bool Tells(this PaymentSpans spans, Payment payment) =>
        payment.State is PaymentState.Failed or PaymentState.Suspended or PaymentState.Returned
        || payment.Attempts.Any(attempt => attempt.State == AttemptState.Failed || attempt.Outcome.Class == OutcomeClass.Unknown)
        || !payment.Cases.IsEmpty || payment.UpdatedAt - payment.CreatedAt > spans.SlowAfter;

    private static void RowCommitted(
        PaymentSpans spans, int book, TimeSpan took, long row, IReadOnlyList<CommittedEvent> changes)
    {
        var payment = changes[^1].After;
        var tells = spans.Tells(payment) || took > spans.SlowAfter;
        spans.Record(
            payment.Id, SpanName.Commit, took, tells, null,
            SpanTags.Of(payment.Id), SpanTags.Of("book", book), SpanTags.Of("row", row),
            new("router.events", string.Join(',', changes.Select(change => change.Event.GetType().Name))));
        if (IsFirstEnd(payment, changes))
        {
            spans.Record(Root(payment, tells));
        }
    }

    /// <summary>People may change how an ended payment ended; its trace keeps the root of the first end.</summary>
    private static bool IsFirstEnd(Payment payment, IReadOnlyList<CommittedEvent> changes) =>
        changes.Any(change => change.Event is PaymentSucceeded or PaymentFailed or PaymentClosed)
        && (payment.Attempts.IsEmpty || changes.All(change => change.Event is not DecisionApproved)
            || changes.Any(change => change.Event is AttemptEnded));

    private static PaymentSpan Root(Payment payment, bool tells) =>
        new(payment.Id, SpanName.Payment, payment.UpdatedAt, payment.UpdatedAt - payment.CreatedAt)
        {
            IsTelling = tells,
            Error = payment.Failure?.Class.Name(),
            Tags =
            [
                SpanTags.Of(payment.Id),
                SpanTags.Of("merchant", payment.Content.Merchant.Value),
                SpanTags.Of("product", payment.Content.Product.Name()),
                SpanTags.Of("state", payment.State.Name()),
                SpanTags.Of("channel", payment.Channel?.Value),
                SpanTags.Of("code", payment.Failure?.Code),
                SpanTags.Of("attempts", payment.Attempts.Length),
            ],
        };
}
