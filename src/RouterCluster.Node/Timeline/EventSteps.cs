using System.Diagnostics;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Timeline;

/// <summary>A payment's events as steps. Free texts of channels and people are masked.</summary>
internal sealed class EventSteps(Payment payment)
{
    public IEnumerable<TimelineStepBody> Of(PaymentEvent @event, CommitBody? commit) =>
        Steps(@event).Select(step => step with { Commit = commit });

    /// <summary>Class and code of a report, such as <c>unknown (timeout)</c>.</summary>
    private static string Words(OutcomeClass @class, string code) =>
        code.Length == 0 ? @class.Name() : $"{@class.Name()} ({code})";

    private IEnumerable<TimelineStepBody> Steps(PaymentEvent @event) => @event switch
    {
        PaymentAccepted e =>
            [new(e.At, StepKind.Accepted, "Accepted and written down", $"attempts may start until {Moment(e.ExpiresAt)}")],
        AttemptStarted e => [Choice(e), Send(e)],
        AttemptUnresolved e => [Report(e.At, e.No, e.Outcome, e.Source)],
        AttemptClaimed e => [Claim(e)],
        AttemptEnded e => [Report(e.At, e.No, e.Outcome, e.Source)],
        AttemptStillUnknown e => [StillUnknown(e)],
        CaseOpened e => [Opened(e)],
        PaymentSucceeded e => [new(e.At, StepKind.State, "Payment succeeded", null)],
        PaymentFailed e => [new(e.At, StepKind.State, "Payment failed", Words(e.Failure))],
        PaymentClosed e => [new(e.At, StepKind.State, "Payment closed", "nothing was sent")],
        PaymentSuspended e => [new(e.At, StepKind.State, "Payment suspended", "people have to decide")],
        PaymentRecalled e =>
            [new(e.At, StepKind.State, "Taken up again", "a report came after it had left its book's memory")],
        DecisionProposed or DecisionApproved or DecisionRejected or DecisionExpired => [Decision((DecisionEvent)@event)],
        _ => throw new UnreachableException(),
    };

    private static TimelineStepBody Choice(AttemptStarted started)
    {
        var reasons = started.Reasons;
        var candidates = string.Join(", ", reasons.Candidates.Select(
            one => string.Create(CultureInfo.InvariantCulture, $"{one.Channel} {one.Score:0.000}")));
        var excluded = string.Join(
            ", ", reasons.Excluded.Select(one => $"{one.Channel} left out ({one.Reason.Name()})"));
        var policy = reasons.Policy.Length == 0 ? "" : $" by {reasons.Policy}";
        return new(started.At, StepKind.Route, $"{started.Channel} chosen{policy}", Joined("; ", candidates, excluded))
        {
            Attempt = started.No, Channel = started.Channel.Value,
        };
    }

    private TimelineStepBody Send(AttemptStarted started)
    {
        var target = started.Target is { } known ? $"to {known}" : null;
        return new(
            started.At, StepKind.Send, $"Attempt {started.No} written down and handed to {started.Channel}",
            Joined(", ", $"order {OrderNo(started.No)}", target, $"to be sent before {Moment(started.SendBefore)}"))
        {
            Attempt = started.No, Channel = started.Channel.Value,
        };
    }

    private TimelineStepBody Report(DateTimeOffset at, int no, Outcome told, ReportSource? source)
    {
        var channel = Channel(no);
        var words = Words(told.Class, told.Code);
        var isUnsent = told.Landing == Landing.NotSent;
        var kind = source switch
        {
            _ when isUnsent => StepKind.Lane,
            ReportSource.Query => StepKind.Query,
            ReportSource.Notification => StepKind.Notice,
            _ => StepKind.Answer,
        };
        var what = isUnsent ? $"{channel} was not sent it: {words}" : $"{channel}: {words}";
        return About(new(at, kind, what, Detail(told)), no, told);
    }

    private TimelineStepBody Claim(AttemptClaimed claimed) => About(
        new(
            claimed.At, StepKind.Notice, $"{Channel(claimed.No)} claims {Words(claimed.Outcome.Class, claimed.Outcome.Code)}",
            Joined(", ", Detail(claimed.Outcome), "a query has to confirm it")),
        claimed.No, claimed.Outcome);

    private TimelineStepBody StillUnknown(AttemptStillUnknown still)
    {
        var minutes = string.Create(CultureInfo.InvariantCulture, $"{still.For.TotalMinutes:0}");
        return new(
            still.At, StepKind.Query, "Still unknown", $"for {minutes} minutes in which {Channel(still.No)} answered questions")
        {
            Attempt = still.No, Channel = Channel(still.No),
        };
    }

    private TimelineStepBody Opened(CaseOpened opened)
    {
        var by = opened.Source is { } source ? $"by {SourceWords(source)}" : null;
        return new(
            opened.At, StepKind.Case, $"Goes to people: {opened.Reason.Name()}", Joined(", ", LogText.Clean(opened.Evidence), by))
        {
            Attempt = opened.AttemptNo == 0 ? null : opened.AttemptNo,
            Channel = opened.AttemptNo == 0 ? null : Channel(opened.AttemptNo),
            Class = opened.Told?.Class.Name(),
            Code = opened.Told?.Code,
        };
    }

    private TimelineStepBody Decision(DecisionEvent @event) => @event switch
    {
        DecisionProposed e => new(
            e.At, StepKind.Proposal, $"{e.By.Name} proposes {e.Outcome.Name()}",
            LogText.Clean($"proposal {e.No}: {e.Reason}; evidence: {e.Evidence}"))
        {
            By = e.By.Name, Attempt = e.AttemptNo == 0 ? null : e.AttemptNo,
        },
        DecisionApproved e => Settled(e, "approved", e.No, e.By, e.Reason),
        DecisionRejected e => Settled(e, "rejected", e.No, e.By, e.Reason),
        DecisionExpired e => new(e.At, StepKind.Ruling, "Nobody has approved it in time", Proposal(e.No)),
        _ => throw new UnreachableException(),
    };

    private TimelineStepBody Settled(DecisionEvent @event, string how, int no, Person by, string? reason) => new(
        @event.At, StepKind.Ruling, $"{how} by {by.Name}",
        string.IsNullOrEmpty(reason) ? Proposal(no) : Joined(": ", Proposal(no), LogText.Clean(reason)))
    {
        By = by.Name,
    };

    private string Proposal(int no) => payment.Proposals.FirstOrDefault(made => made.No == no) is { } known
        ? $"proposal {no}, {known.Outcome.Name()}"
        : $"proposal {no}";

    private TimelineStepBody About(TimelineStepBody step, int no, Outcome told) => step with
    {
        Attempt = no, Channel = Channel(no), Class = told.Class.Name(), Code = told.Code.Length == 0 ? null : told.Code,
    };

    private string? Channel(int no) => payment.Attempt(no)?.Channel.Value;

    private string OrderNo(int no) => payment.Attempt(no)?.OrderNo ?? payment.Id.AttemptOrderNo(no);

    private static string? Detail(Outcome told) => Joined(
        ", ", told.ChannelOrderNo is { } number ? $"its number {number}" : null,
        told.Message is { } message ? LogText.Clean(message) : null);

    private static string Words(PaymentFailure failure)
    {
        var channel = failure.Channel is { } known ? $" at {known}" : "";
        var message = failure.Message is { } text ? $": {LogText.Clean(text)}" : "";
        return $"{Words(failure.Class, failure.Code)}{channel}{message}";
    }

    private static string SourceWords(ReportSource source) => source switch
    {
        ReportSource.Submit => "the answer to its order",
        ReportSource.Query => "the answer to a question",
        ReportSource.Notification => "a notice",
    };

    private static string? Joined(string separator, params string?[] parts)
    {
        var given = parts.Where(part => !string.IsNullOrEmpty(part)).ToArray();
        return given.Length == 0 ? null : string.Join(separator, given);
    }

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
