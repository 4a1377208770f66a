using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Timeline;

/// <summary>What is known of one payment, from everywhere.</summary>
/// <param name="Payment">As its book has it, with the questions about its open attempt.</param>
internal sealed record TimelineSources(
    Payment Payment, PaymentCommits Commits, IReadOnlyList<WebhookEntry> Webhooks, IReadOnlyList<AuditEntry> Actions);

/// <summary>The order of steps is that of their times; of one moment, that in which they were committed.</summary>
internal static class TimelineView
{
    public static TimelineBody ToTimeline(this TimelineSources sources)
    {
        var (payment, content) = (sources.Payment, sources.Payment.Content);
        var steps = Committed(sources)
            .Concat(Now(payment))
            .Concat(sources.Actions.Select(ToStep))
            .Concat(sources.Webhooks.Where(webhook => webhook.IsSent).SelectMany(ToSteps));
        return new TimelineBody(
            payment.Id.Value, content.Merchant.Value, content.OrderNo, content.Product.Name(), content.Amount.Minor,
            content.Amount.Currency.Value, new PaymentAccountBody(content.Account.MaskedNumber, content.Account.Bank),
            payment.State.Name(), sources.Commits.IsComplete, [.. steps.OrderBy(step => step.Due).ThenBy(step => step.At)]);
    }

    private static IEnumerable<TimelineStepBody> Committed(TimelineSources sources)
    {
        var payment = sources.Payment;
        var steps = new EventSteps(payment);
        var told = new HashSet<string>();
        foreach (var commit in sources.Commits.Commits)
        {
            var row = new CommitBody(payment.Id.Book, commit.Row, commit.At);
            foreach (var @event in commit.Events)
            {
                told.Add(KnownEvents.KeyOf(@event));
                foreach (var step in steps.Of(@event, row))
                {
                    yield return step;
                }
            }
        }

        foreach (var step in KnownEvents.Of(payment).Where(one => told.Add(KnownEvents.KeyOf(one)))
            .SelectMany(one => steps.Of(one, commit: null)))
        {
            yield return step;
        }
    }

    /// <summary>What is going on, and what is due.</summary>
    private static IEnumerable<TimelineStepBody> Now(Payment payment)
    {
        if (payment.OpenAttempt is { } open)
        {
            return Now(payment, open).Concat(Pending(payment)).Select(step => step.Kind == StepKind.Proposal
                ? step
                : step with { Attempt = open.No, Channel = open.Channel.Value });
        }

        return payment.State == PaymentState.Accepted
            ? [new(payment.UpdatedAt, StepKind.Route, "Waits for a channel", null), .. Pending(payment)]
            : Pending(payment);
    }

    private static IEnumerable<TimelineStepBody> Now(Payment payment, Attempt open)
    {
        if (payment.IsInQueue)
        {
            yield return new(open.StartedAt, StepKind.Lane, $"Waits in the lane of {open.Channel}", null);
        }

        if (payment.Questions is not { } questions)
        {
            yield break;
        }

        if (questions.LastAt is { } lastAt)
        {
            var no = string.Create(CultureInfo.InvariantCulture, $"question {questions.Asked} since its book was opened");
            yield return new(
                lastAt, StepKind.Query, $"{open.Channel} was asked about it",
                questions.IsAsking ? $"{no}; the answer is awaited" : no);
        }

        if (questions.NextAt is { } nextAt)
        {
            yield return new(nextAt, StepKind.Query, $"{open.Channel} is asked about it", WhyNext(open, questions))
            {
                Due = true,
            };
        }
    }

    private static string WhyNext(Attempt open, AttemptQuestions questions) =>
        questions.Asked == 0 && open.Outcome == Outcome.None
            ? "unless the answer to its order comes first"
            : "nothing is sent a second time until the result is known";

    private static IEnumerable<TimelineStepBody> Pending(Payment payment) =>
        payment.Proposals.Where(made => made.IsPending).Select(made => new TimelineStepBody(
            made.ExpiresAt, StepKind.Proposal, $"The proposal by {made.By.Name} expires",
            $"proposal {made.No}, {made.Outcome.Name()}")
        {
            By = made.By.Name, Due = true,
        });

    private static TimelineStepBody ToStep(AuditEntry action) => new(
        action.At, StepKind.Operator, $"{action.By} {action.What}", action.Reason is { } reason ? LogText.Clean(reason) : null)
    {
        By = action.By,
    };

    /// <summary>Queries of URLs may hold merchants' secrets.</summary>
    private static IEnumerable<TimelineStepBody> ToSteps(WebhookEntry webhook)
    {
        var (name, url) = ($"Webhook {webhook.Type.Name()}", webhook.Url.Split('?')[0]);
        yield return new(webhook.CreatedAt, StepKind.Webhook, $"{name} written down", $"{webhook.Id} to {url}");
        if (webhook.LastAt is { } lastAt)
        {
            var end = webhook.LastStatus is { } status ? $"HTTP {status}" : webhook.LastError ?? "nothing";
            yield return new(
                lastAt, StepKind.Webhook, $"{name}: {webhook.State.Name()}",
                $"calls: {webhook.Attempts}, the last one ended with {end}");
        }

        if (webhook.DueAt is { } dueAt)
        {
            yield return new(dueAt, StepKind.Webhook, $"{name} is sent", $"to {url}") { Due = true };
        }
    }
}
