using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class EvidenceRules(BookRules rules)
{
    public bool WantsAnotherChannel(
        Payment payment, QueryPlan? plan, AttemptReport report, bool notFoundIsFinal, DateTimeOffset now)
    {
        if (report.Outcome.SaysAbsent() && Elsewhere(payment, plan, report) is not null)
        {
            return false;
        }

        if (report.Outcome.Class == OutcomeClass.NotFound && !(notFoundIsFinal && PaymentDecider.NotFoundEnds(payment)))
        {
            return false;
        }

        if (report.Source == ReportSource.Notification && PaymentDecider.IsClaim(payment, report.Outcome))
        {
            return false;
        }

        var outcome = notFoundIsFinal ? report.Outcome.AsFinal() : report.Outcome;
        return PaymentDecider.WantsAnotherChannel(rules.Payments, payment, outcome, now);
    }

    public RecordOutcome CommandOf(
        Payment payment, QueryPlan? plan, AttemptReport report, bool notFoundIsFinal, DateTimeOffset now) =>
        new(now, report.AttemptNo, report.Outcome, notFoundIsFinal, Source: report.Source)
        {
            Elsewhere = Elsewhere(payment, plan, report),
        };

    /// <summary>
    /// The reporting account, if the attempt was sent to another one. The channel's account may have changed before or
    /// after the question left, so both must be the attempt's.
    /// </summary>
    /// <remarks>Law 2.4.</remarks>
    private ChannelTarget? Elsewhere(Payment payment, QueryPlan? plan, AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            return null;
        }

        var sent = payment.Attempt(report.AttemptNo)?.Target;
        var here = rules.TargetOf(report.Channel);
        var asked = report.Source == ReportSource.Query ? plan?.AskedTarget : null;
        if (ChannelTarget.IsElsewhere(sent, here))
        {
            return here;
        }

        return ChannelTarget.IsElsewhere(sent, asked) ? asked : null;
    }
}
