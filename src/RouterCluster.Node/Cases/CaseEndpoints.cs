using System.Globalization;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

internal sealed partial class CaseEndpoints(
    CaseSettings settings, OperatorAccess access, IPayments payments, ICaseList cases, ILogger<CaseEndpoints> logger)
{
    public Task ListAsync(HttpContext context, string? cursor, string? limit) =>
        access.EnterAsync(context, OperatorRole.Viewer, _ => Paging.ShowAsync(limit, async size =>
        {
            var page = await cases.GetAsync(cursor, size, context.RequestAborted);
            await context.JsonAsync(200, page, ApiJson.Default.CaseList);
        }));

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(context, OperatorRole.Viewer, async _ =>
    {
        var (payment, refusal) = await payments.FindAsync(PaymentId.Parse(id), context.RequestAborted);
        if (payment is null || !payment.IsCase())
        {
            return refusal?.Naming("payment", id) ?? Refusals.NoSuch("case of payment", id);
        }

        await ShowAsync(context, payment);
        return null;
    });

    public Task ProposeAsync(HttpContext context, string id) => DecideAsync(
        context, id, OperatorRole.Operator,
        who => (who, settings.ExpiresAfter), ProposalReader.ReadProposal,
        (answer, proposed) =>
        {
            var payment = answer.Payment;
            var proposal = payment.Proposals.Last(known => known.By == proposed.By && known.Outcome == proposed.Outcome
                && known.Reason == proposed.Reason && known.Evidence == proposed.Evidence);
            context.Response.Headers.Location = $"/admin/v1/cases/{payment.Id}";
            return context.JsonAsync(answer.IsNew ? 201 : 200, proposal.ToBody(payment), ApiJson.Default.ProposalBody);
        },
        needsBody: true);

    public Task ApproveAsync(HttpContext context, string id, string no) =>
        SettleAsync(context, id, no, ProposalReader.ReadApproval);

    public Task RejectAsync(HttpContext context, string id, string no) =>
        SettleAsync(context, id, no, ProposalReader.ReadRejection);

    private Task SettleAsync<T>(
        HttpContext context, string id, string no, Func<JsonElement, (Person, int), FieldErrors, T?> read)
        where T : DecisionCommand
    {
        // Text that is no number becomes 0, which no proposal has.
        var number = int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return DecideAsync(
            context, id, OperatorRole.Approver, who => (who, number), read, (answer, _) => ShowAsync(context, answer.Payment),
            needsBody: false);
    }

    private Task DecideAsync<TState, T>(
        HttpContext context, string id, OperatorRole needed, Func<Person, TState> stateOf,
        Func<JsonElement, TState, FieldErrors, T?> read, Func<BookAnswer.Stored, T, Task> show, bool needsBody)
        where T : DecisionCommand => access.EnterAsync(context, needed, async who =>
        {
            if (PaymentId.Parse(id) is not { } known)
            {
                return Refusals.NoSuch("payment", id);
            }

            var (command, wrong) = await JsonBody.ReadAsync(context.Request, stateOf(who.AsPerson()), read, needsBody);
            if (command is null)
            {
                return wrong;
            }

            var answer = await payments.DecideAsync(known, command, context.RequestAborted);
            if (answer is not BookAnswer.Stored stored)
            {
                return answer.ToRefusal(outOfReach: CaseRefusals.DecisionUnanswered).Naming("payment", id);
            }

            LogDecided(known.Value, who.Name, typeof(T).Name, stored.Payment.State.Name());
            await show(stored, command);
            return null;
        });

    private static Task ShowAsync(HttpContext context, Payment payment) =>
        context.JsonAsync(200, payment.ToCase(), ApiJson.Default.CaseBody);

    [LoggerMessage(Level = LogLevel.Information, Message = "Case {Payment}: {Operator} did {Decision}, it is {State}")]
    private partial void LogDecided(string payment, string @operator, string decision, string state);
}
