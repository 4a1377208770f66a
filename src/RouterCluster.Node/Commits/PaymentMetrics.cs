using System.Diagnostics;
using System.Diagnostics.Metrics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Commits;

/// <summary>
/// Counts stored events: a payment each time it reaches a state, an attempt when its outcome is known or first unclear.
/// </summary>
internal sealed class PaymentMetrics(RouterMetrics metrics) : ICommitSubscriber
{
    private readonly Counter<long> _payments = metrics.Meter.CreateCounter<long>(
        "router_payments_total", null, "Payments by each state that they came to.");

    private readonly Counter<long> _attempts = metrics.Meter.CreateCounter<long>(
        "router_attempts_total", null, "Attempts by the class of their outcome.");

    public string Name => "metrics";

    public void Happened(CommittedEvent committed)
    {
        var payment = committed.After;
        var product = payment.Content.Product.Name();
        switch (committed.Event)
        {
            case PaymentAccepted:
                Reached(PaymentState.Accepted, product);
                break;
            case PaymentSucceeded:
                Reached(PaymentState.Succeeded, product);
                break;
            case PaymentFailed:
                Reached(PaymentState.Failed, product);
                break;
            case PaymentClosed:
                Reached(PaymentState.Closed, product);
                break;
            case PaymentSuspended:
                Reached(PaymentState.Suspended, product);
                break;
            case AttemptEnded ended:
                Attempt(payment, ended.No, product, ended.Outcome.Class);
                break;
            case AttemptUnresolved unresolved:
                Attempt(payment, unresolved.No, product, unresolved.Outcome.Class);
                break;
            case AttemptStarted or AttemptClaimed or AttemptStillUnknown or CaseOpened or PaymentRecalled:
            case DecisionProposed or DecisionApproved or DecisionRejected or DecisionExpired:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Attempt(Payment payment, int no, string product, OutcomeClass @class)
    {
        var attempt = payment.Attempts[no - 1];
        _attempts.Add(1, new("channel", attempt.Channel.Value), new("product", product), new("class", @class.Name()));
    }

    private void Reached(PaymentState state, string product) =>
        _payments.Add(1, new("product", product), new("state", state.Name()));
}
