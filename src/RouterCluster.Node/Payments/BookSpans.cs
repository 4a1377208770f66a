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
    [ThreadStatic]
    private static RowChanges? _changes;

    /// <param name="took">How long the row took to be stored.</param>
    public static void RowCommitted(this PaymentSpans spans, int book, TimeSpan took, IReadOnlyList<BookEffect> effects)
    {
        if (!spans.IsOn)
        {
            return;
        }

        _changes ??= new RowChanges();
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is BookEffect.Committed row)
            {
                foreach (var change in _changes.Read(row.Events))
                {
                    Changed(spans, book, took, row.Sequence, change);
                }

                _changes.Clear();
            }
        }
    }

    /// <summary>The payment has failed, waits for people or takes too long, or an attempt of it was no success.</summary>
    public static bool Tells(this PaymentSpans spans, Payment payment) =>
        payment.State is PaymentState.Failed or PaymentState.Suspended or PaymentState.Returned
        || payment.Attempts.Any(attempt => attempt.State == AttemptState.Failed || attempt.Outcome.Class == OutcomeClass.Unknown)
        || !payment.Cases.IsEmpty || payment.UpdatedAt - payment.CreatedAt > spans.SlowAfter;

    private static void Changed(PaymentSpans spans, int book, TimeSpan took, long row, in RowChange change)
    {
        var payment = change.After;
        var tells = spans.Tells(payment) || took > spans.SlowAfter;
        spans.Record(
            payment.Id, SpanName.Commit, took, tells, null,
            SpanTag.Of("router.book", book), SpanTag.Of("router.row", row), SpanTag.Of("router.events", change.Events.Text));
        if (change.IsFirstEnd)
        {
            spans.Record(Root(payment, tells));
        }
    }

    private static PaymentSpan Root(Payment payment, bool tells) =>
        new(payment.Id, SpanName.Payment, payment.UpdatedAt, payment.UpdatedAt - payment.CreatedAt)
        {
            IsTelling = tells,
            Error = payment.Failure?.Class.Name(),
            Tags = SpanTags.Of(
                SpanTag.Of("router.merchant", payment.Content.Merchant.Value),
                SpanTag.Of("router.product", payment.Content.Product.Name()),
                SpanTag.Of("router.state", payment.State.Name()),
                SpanTag.Of("router.channel", payment.Channel?.Value),
                SpanTag.Of("router.code", payment.Failure?.Code),
                SpanTag.Of("router.attempts", payment.Attempts.Length)),
        };
}
