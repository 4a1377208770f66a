using System.Text.Json.Nodes;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Cases;

/// <summary>Deciding a payment through the operators' API.</summary>
public sealed class CaseTests
{
    [Fact]
    public async Task One_proposes_and_another_approves_what_was_shown()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);

        var made = await Propose(node, path);
        Assert.Equal((201, 1, "pending"), (made.Status, (int)made.Json!["no"]!, (string?)made.Json["state"]));
        Assert.Equal(200, (await Propose(node, path)).Status);

        var seen = await node.GetAsync(path, "t-approver");
        var shown = seen.Json!["proposals"]![0]!;
        Assert.Equal(("oscar", "letter 17", true), ((string?)shown["by"], (string?)shown["evidence"], (bool)shown["current"]!));
        var reason = seen.Json["reasons"]![0]!;
        Assert.Equal(("payout_not_found", true), ((string?)reason["reason"], (bool)reason["open"]!));

        var decided = await Approve(node, path, (string)shown["digest"]!);
        Assert.Equal((200, "failed"), (decided.Status, (string?)decided.Json!["payment"]!["state"]));
        Assert.Equal(("approved", "anna"),
            ((string?)decided.Json["proposals"]![0]!["state"], (string?)decided.Json["proposals"]![0]!["settled"]!["by"]));
        var attempt = decided.Json["payment"]!["attempts"]![1]!;
        Assert.Equal(("failed", "decided"), ((string?)attempt["state"], (string?)attempt["class"]));
        Assert.Equal("decided", (string?)decided.Json["payment"]!["failure"]!["class"]);
    }

    [Fact]
    public async Task An_approval_may_say_why()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        await Propose(node, path);

        var decided = await node.SendAsync(
            HttpMethod.Post, $"{path}/proposals/1/approve", "t-approver", """{ "reason": "line 7 of the statement" }""");

        Assert.Equal("line 7 of the statement", (string?)decided.Json!["proposals"]![0]!["settled"]!["reason"]);
        var card = await node.SendAsync(
            HttpMethod.Post, $"{path}/proposals/1/approve", "t-approver", """{ "reason": "4111111111111111" }""");
        Assert.Equal((400, "reason"), (card.Status, card.Fields.SingleOrDefault()));
    }

    [Fact]
    public async Task A_proposal_that_waits_for_nobody_any_more_does_not_read_as_pending()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        var first = await Propose(node, path);
        var second = await Propose(node, path, "t-admin");
        Assert.Equal(("pending", 2), ((string?)second.Json!["state"], (int)second.Json["no"]!));

        var decided = await Approve(node, path, (string)first.Json!["digest"]!);

        Assert.Equal(
            ["approved", "superseded"], decided.Json!["proposals"]!.AsArray().Select(proposal => (string)proposal!["state"]!));
        var shown = await node.GetAsync(path, "t-viewer");
        Assert.Equal("superseded", (string?)shown.Json!["proposals"]![1]!["state"]);
    }

    [Fact]
    public async Task Nobody_settles_an_own_proposal_not_even_an_admin()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        var made = await Propose(node, path, "t-admin");

        var approved = await Approve(node, path, (string)made.Json!["digest"]!, "t-admin");
        var rejected = await node.SendAsync(HttpMethod.Post, $"{path}/proposals/1/reject", "t-admin", """{ "reason": "no" }""");

        Assert.Equal((403, "same_person"), (approved.Status, approved.Code));
        Assert.Equal((403, "same_person"), (rejected.Status, rejected.Code));
    }

    [Theory]
    [InlineData("approve", null, "failed")]
    [InlineData("approve", "{}", "failed")]
    [InlineData("reject", null, "suspended")]
    [InlineData("reject", "{}", "suspended")]
    public async Task The_number_alone_says_which_proposal_is_meant(string verb, string? body, string state)
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        await Propose(node, path);

        var settled = await node.SendAsync(HttpMethod.Post, $"{path}/proposals/1/{verb}", "t-approver", body);

        Assert.Equal((200, state), (settled.Status, (string?)settled.Json!["payment"]!["state"]));
        Assert.Null(settled.Json["proposals"]![0]!["settled"]!["reason"]);
    }

    [Fact]
    public async Task Another_digest_approves_nothing()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        await Propose(node, path);

        var answer = await Approve(node, path, new string('0', 64));

        Assert.Equal((409, "digest_mismatch"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task What_changed_since_it_was_proposed_cannot_be_approved()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        var made = await Propose(node, path);
        var id = PaymentId.Parse(path.Split('/')[^1])!.Value;
        var payment = ((Domain.Books.BookAnswer.Stored)await node.Payments.GetAsync(id, default)).Payment;
        var news = new AttemptUnresolved(node.Payments.Now, 2, Outcome.Unknown("reset"));
        node.Payments.Put(PaymentLaw.Apply(payment, id, news));

        var answer = await Approve(node, path, (string)made.Json!["digest"]!);
        var unseen = await node.SendAsync(HttpMethod.Post, $"{path}/proposals/1/approve", "t-approver", "{}");

        Assert.Equal((409, "content_changed"), (answer.Status, answer.Code));
        Assert.Equal((409, "content_changed"), (unseen.Status, unseen.Code));
        Assert.False((bool)(await node.GetAsync(path, "t-viewer")).Json!["proposals"]![0]!["current"]!);
    }

    [Fact]
    public async Task A_proposal_expires_as_configured()
    {
        await using var node = await TestNode.StartAsync("router.decisions.expires-after = 10m");
        var path = Suspended(node);
        var made = await Propose(node, path);
        node.Payments.Now += TimeSpan.FromMinutes(10);

        var answer = await Approve(node, path, (string)made.Json!["digest"]!);

        Assert.Equal((409, "proposal_expired"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_rejected_proposal_leaves_the_payment_as_it_is()
    {
        await using var node = await TestNode.StartAsync();
        var path = Suspended(node);
        await Propose(node, path);

        var answer = await node.SendAsync(
            HttpMethod.Post, $"{path}/proposals/1/reject", "t-approver", """{ "reason": "not ours" }""");

        Assert.Equal((200, "suspended"), (answer.Status, (string?)answer.Json!["payment"]!["state"]));
        Assert.Equal("not ours", (string?)answer.Json["proposals"]![0]!["settled"]!["reason"]);
        Assert.Equal("proposal_settled", (await Approve(node, path, (string)answer.Json["proposals"]![0]!["digest"]!)).Code);
    }

    [Theory]
    [InlineData("{}", "outcome,reason,evidence")]
    [InlineData("""{ "outcome": "returned", "reason": " ", "evidence": "x" }""", "outcome,reason")]
    [InlineData("""{ "outcome": "failed", "reason": "r", "evidence": "card 6222020000000000" }""", null)]
    [InlineData("""{ "outcome": "failed", "reason": "r", "evidence": "card 4111111111111111." }""", "evidence")]
    [InlineData("""{ "outcome": "failed", "reason": "r", "evidence": "e", "by": "x" }""", "by")]
    public async Task Every_wrong_field_of_a_proposal_is_named(string body, string? fields)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.SendAsync(HttpMethod.Post, $"{Suspended(node)}/proposals", "t-operator", body);

        Assert.Equal(fields is null ? 201 : 400, answer.Status);
        Assert.Equal(fields?.Split(',') ?? [], answer.Fields);
    }

    [Theory]
    [InlineData("reason", 500)]
    [InlineData("evidence", 2000)]
    public async Task Reason_and_evidence_are_bounded(string field, int longest)
    {
        await using var node = await TestNode.StartAsync();
        var body = new JsonObject { ["outcome"] = "failed", ["reason"] = "r", ["evidence"] = "e" };
        body[field] = new string('x', longest + 1);

        var answer = await node.SendAsync(HttpMethod.Post, $"{Suspended(node)}/proposals", "t-operator", body.ToJsonString());

        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task A_payment_that_people_never_had_to_look_at_is_no_case()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        node.Payments.Put(Samples.Rerouted(id, new MerchantId("shop"), "A-1"));

        Assert.Equal(404, (await node.GetAsync($"/admin/v1/cases/{id}", "t-viewer")).Status);
        Assert.Equal("nothing_to_decide", (await Propose(node, $"/admin/v1/cases/{id}")).Code);
        Assert.Equal(404, (await Approve(node, $"/admin/v1/cases/{id}", new string('0', 64))).Status);
    }

    [Fact]
    public async Task A_cursor_that_is_none_is_the_callers_mistake()
    {
        await using var node = await TestNode.StartAsync();
        node.Cluster.IsCursor = false;

        var answer = await node.GetAsync("/admin/v1/cases?cursor=x", "t-viewer");

        Assert.Equal((400, "cursor"), (answer.Status, answer.Fields.Single()));
    }

    private static string Suspended(TestNode node)
    {
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        var payment = Samples.Rerouted(id, new MerchantId("shop"), "A-1");
        node.Payments.Put(payment with
        {
            State = PaymentState.Suspended,
            Cases = [new PaymentCase(CaseReason.PayoutNotFound, 2, "bravo said not_found", payment.UpdatedAt)],
        });
        return $"/admin/v1/cases/{id}";
    }

    private static Task<Answer> Propose(TestNode node, string path, string token = "t-operator") => node.SendAsync(
        HttpMethod.Post, $"{path}/proposals", token,
        """{ "outcome": "failed", "reason": "the bank has written", "evidence": "letter 17" }""");

    private static Task<Answer> Approve(TestNode node, string path, string digest, string token = "t-approver") => node.SendAsync(
        HttpMethod.Post, $"{path}/proposals/1/approve", token, new JsonObject { ["digest"] = digest }.ToJsonString());
}
