using System.Text.Json.Nodes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Timeline;

namespace RouterCluster.Node.Tests.Timeline;

public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly MerchantId Shop = new("shop");
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Every_event_is_a_step_with_its_row()
    {
        var payment = Rerouted();
        _node.Payments.Put(payment);
        _node.Journal.Commits = new PaymentCommits(
            [
                new PaymentCommit(7, At.AddMilliseconds(2), [.. Beginning(payment)]),
                new PaymentCommit(9, At.AddSeconds(2),
                [
                    new AttemptEnded(At.AddSeconds(2), 1, payment.Attempts[0].Outcome) { Source = ReportSource.Submit },
                    new AttemptStarted(At.AddSeconds(2), 2, new("bravo"), At.AddSeconds(7), payment.Attempts[1].Reasons),
                ]),
                new PaymentCommit(12, At.AddSeconds(4),
                [
                    new AttemptUnresolved(At.AddSeconds(4), 2, Outcome.Unknown("http_500", "card 6222020000000001 is odd"))
                    {
                        Source = ReportSource.Query,
                    },
                ]),
            ],
            IsComplete: true);

        var story = await StoryAsync(payment);

        Assert.True((bool)story["complete"]!);
        var steps = story["steps"]!.AsArray().Where(step => step!["commit"] is not null).ToArray();
        Assert.Equal(
            ["accepted 7", "route 7", "send 7", "answer 9", "route 9", "send 9", "query 12"],
            steps.Select(step => $"{step!["kind"]} {step["commit"]!["row"]}"));
        Assert.Equal("alpha chosen by weighted-success/1", (string?)steps[1]!["what"]);
        Assert.Equal("alpha 0.900; echo left out (breaker_open)", (string?)steps[1]!["detail"]);
        Assert.Equal("alpha: channel_maintenance (39)", (string?)steps[3]!["what"]);
        Assert.Equal("its number CH-1, closed", (string?)steps[3]!["detail"]);
        Assert.Equal("card 622202******0001 is odd", (string?)steps[6]!["detail"]);
        Assert.Equal(
            (2, "bravo", "unknown", "http_500"),
            ((int)steps[6]!["attempt"]!, (string?)steps[6]!["channel"], (string?)steps[6]!["class"], (string?)steps[6]!["code"]));
    }

    [Fact]
    public async Task What_the_journal_did_not_show_is_told_from_the_payment_without_a_row()
    {
        var payment = Rerouted();
        _node.Payments.Put(payment with
        {
            Attempts = [payment.Attempts[0] with { First = Outcome.Unknown("timeout") }, payment.Attempts[1]],
        });
        _node.Journal.Commits = new PaymentCommits([new PaymentCommit(7, At, [.. Beginning(payment)])], IsComplete: false);

        var story = await StoryAsync(payment);

        Assert.False((bool)story["complete"]!);
        Assert.Equal(
            ["accepted 7", "route 7", "send 7", "answer", "answer", "route", "send"],
            story["steps"]!.AsArray().Where(step => (string?)step!["kind"] is not ("webhook" or "query"))
                .Select(step => $"{step!["kind"]} {step["commit"]?["row"]}".TrimEnd()));
        Assert.Contains("unknown (timeout)", story.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_lanes_webhooks_and_operators_stand_in_their_places_and_what_is_due_comes_last()
    {
        var payment = Rerouted() with
        {
            IsInQueue = true, Questions = new AttemptQuestions(3, At.AddSeconds(30), IsAsking: false, At.AddMinutes(5)),
        };
        _node.Payments.Put(payment);
        _node.Cluster.Audited.Enqueue(
            new AuditEntry("1", At.AddSeconds(29), "alice", "asked bravo about it", "he called", null, payment.Id.Value));

        var steps = (await StoryAsync(payment))["steps"]!.AsArray();

        Assert.Contains(steps, step => (string?)step!["kind"] == "lane" && (string?)step["what"] == "Waits in the lane of bravo");
        Assert.Contains(steps, step => (string?)step!["by"] == "alice" && (string?)step["detail"] == "he called");
        Assert.Contains(steps, step => (string?)step!["detail"] == "question 3 since its book was opened");
        var due = steps.SkipWhile(step => step!["due"] is null).ToArray();
        Assert.Equal(["webhook", "query"], due.Select(step => (string?)step!["kind"]));
        Assert.All(due, step => Assert.True((bool)step!["due"]!));
        Assert.Equal("2026-01-02T03:09:05.678Z", (string?)due[1]!["at"]);
    }

    [Fact]
    public async Task Rulings_cases_and_ends_are_told_with_who_and_why()
    {
        var decided = PaymentSamples.Decided("A-1001");
        var approved = decided.Proposals[0] with { Settled = decided.Proposals[0].Settled! with { Reason = "line 7 of it" } };
        var payment = decided with
        {
            Id = _node.Payments.IdOf(Shop, "A-1001"), Proposals = decided.Proposals.SetItem(0, approved),
        };
        _node.Payments.Put(payment);

        var steps = (await StoryAsync(payment))["steps"]!.AsArray();
        var told = steps.Select(step => $"{step!["kind"]}: {step["what"]}").ToArray();

        Assert.Contains("case: Goes to people: late_success", told);
        Assert.Contains("proposal: oscar proposes succeeded", told);
        Assert.Contains("ruling: approved by anna", told);
        Assert.Contains(steps, step => (string?)step!["detail"] == "proposal 1, succeeded: line 7 of it");
        Assert.Contains("state: Payment succeeded", told);
        Assert.Contains("proposal: The proposal by oscar expires", told);
    }

    [Theory]
    [InlineData(Landing.NotSent, null, "lane", "alpha was not sent it: unknown (lane_full)")]
    [InlineData(Landing.Maybe, null, "answer", "alpha: unknown (lane_full)")]
    [InlineData(Landing.Maybe, ReportSource.Submit, "answer", "alpha: unknown (lane_full)")]
    [InlineData(Landing.Maybe, ReportSource.Query, "query", "alpha: unknown (lane_full)")]
    [InlineData(Landing.Maybe, ReportSource.Notification, "notice", "alpha: unknown (lane_full)")]
    public void A_report_is_told_by_how_it_came(Landing landing, ReportSource? source, string kind, string what)
    {
        var told = new AttemptUnresolved(At, 1, new Outcome(OutcomeClass.Unknown, landing, "lane_full")) { Source = source };

        var step = Assert.Single(new EventSteps(Rerouted()).Of(told, commit: null));

        Assert.Equal((kind, what), (step.Kind, step.What));
    }

    [Fact]
    public void Every_kind_of_event_is_told()
    {
        var steps = new EventSteps(PaymentSamples.Decided("A-1001"));

        Assert.All(PaymentSamples.Events.Values, one => Assert.NotEmpty(steps.Of(one, commit: null)));
        Assert.All(
            PaymentSamples.Events.Values.SelectMany(one => steps.Of(one, commit: null)),
            step => Assert.Contains(step.Kind, StepKind.All));
    }

    [Fact]
    public async Task A_payment_that_is_none_is_not_found()
    {
        var answer = await _node.GetAsync("/admin/v1/payments/pay_nothing/timeline", "t-viewer");

        Assert.Equal((404, "not_found"), (answer.Status, answer.Code));
    }

    private Payment Rerouted() => Samples.Rerouted(_node.Payments.IdOf(Shop, "A-1"), Shop, "A-1");

    private static IEnumerable<PaymentEvent> Beginning(Payment payment) =>
    [
        new PaymentAccepted(At, payment.Content, payment.ExpiresAt),
        new AttemptStarted(At, 1, new("alpha"), At.AddSeconds(5), payment.Attempts[0].Reasons),
    ];

    private async Task<JsonNode> StoryAsync(Payment payment)
    {
        var answer = await _node.GetAsync($"/admin/v1/payments/{payment.Id}/timeline", "t-viewer");
        Assert.Equal(200, answer.Status);
        return answer.Json!;
    }
}
