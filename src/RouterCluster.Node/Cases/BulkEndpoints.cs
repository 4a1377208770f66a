using System.Globalization;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

internal sealed partial class BulkEndpoints(
    CaseSettings settings, OperatorAccess access, IBulkProposals bulks, ILogger<BulkEndpoints> logger)
{
    public Task ProposeAsync(HttpContext context) => access.EnterAsync(context, OperatorRole.Operator, async who =>
    {
        var (draft, wrong) = await JsonBody.ReadAsync(context.Request, 0, (json, _, errors) => BulkReader.Read(json, errors));
        if (draft is null)
        {
            return wrong;
        }

        var frozen = await bulks.ProposeAsync(
            draft.Filter, draft.Outcome, draft.Reason, draft.Evidence, who.AsPerson(), context.RequestAborted);
        if (frozen.Proposal is not { } bulk)
        {
            return CaseRefusals.OfList(frozen.Refusal.GetValueOrDefault(), settings.BulkMost);
        }

        LogProposed(bulk.Id, who.Name, bulk.Count, bulk.Outcome.Name());
        context.Response.Headers.Location = $"/admin/v1/cases/bulk-proposals/{bulk.Id}";
        return await ShowAsync(context, 201, bulk);
    });

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(
        context, OperatorRole.Viewer, async _ => await bulks.FindAsync(id, context.RequestAborted) is { } bulk
            ? await ShowAsync(context, 200, bulk)
            : Refusals.NoSuch("list of cases", id));

    public Task ListAsync(HttpContext context, string? cursor, string? limit) =>
        access.EnterAsync(context, OperatorRole.Viewer, _ => Paging.ShowAsync(limit, async size =>
        {
            var before = cursor is null
                ? (DateTimeOffset?)null
                : DateTimeOffset.FromUnixTimeMilliseconds(Number(cursor, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
            var page = await bulks.ListAsync(size, before, context.RequestAborted);
            var bodies = new List<BulkBody>();
            foreach (var bulk in page)
            {
                bodies.Add(await BodyAsync(context, bulk));
            }

            var next = page.Count == size ? page[^1].At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : null;
            await context.JsonAsync(200, new ListBody<BulkBody>(bodies, next), ApiJson.Default.BulkList);
        }));

    public Task ItemsAsync(HttpContext context, string id, string? state, string? cursor, string? limit) =>
        access.EnterAsync(context, OperatorRole.Viewer, async _ =>
        {
            BulkItemState? wanted = Enum.GetValues<BulkItemState>().FirstOrDefault(known => known.Name() == state);
            wanted = wanted == default(BulkItemState) ? null : wanted;
            if (state is not null && wanted is null)
            {
                return Refusals.Invalid("state", "must be waiting, decided or refused");
            }

            return await bulks.FindAsync(id, context.RequestAborted) is not { } bulk
                ? Refusals.NoSuch("list of cases", id)
                : await Paging.ShowAsync(limit, async size =>
                {
                    var after = cursor is null ? 0 : (int)Number(cursor, int.MaxValue);
                    var items = await bulks.ItemsAsync(id, wanted, after, size, context.RequestAborted);
                    var next = items.Count == size ? items[^1].No.ToString(CultureInfo.InvariantCulture) : null;
                    var bodies = items.Select(item => item.ToBody(bulk.Total.Currency.Value)).ToArray();
                    await context.JsonAsync(200, new ListBody<BulkItemBody>(bodies, next), ApiJson.Default.BulkItemList);
                });
        });

    public Task ApproveAsync(HttpContext context, string id) => SettleAsync(
        context, id,
        (json, errors) => ProposalReader.ReadApproval(json, errors, isDigestRequired: true) is ({ } digest, var reason)
            ? new Approval(digest, reason)
            : null,
        (bulk, who, approval) => bulks.ApproveAsync(bulk, who, approval.Digest, approval.Reason, context.RequestAborted));

    public Task RejectAsync(HttpContext context, string id) => SettleAsync(
        context, id, (json, errors) => ProposalReader.ReadReason(json, errors, isRequired: true),
        (bulk, who, reason) => bulks.RejectAsync(bulk, who, reason, context.RequestAborted));

    private Task SettleAsync<TWord>(
        HttpContext context, string id, Func<JsonElement, FieldErrors, TWord?> read,
        Func<BulkProposal, Person, TWord, Task<PaymentRefusal?>> settle)
        where TWord : class =>
        access.EnterAsync(context, OperatorRole.Approver, async who =>
        {
            if (await bulks.FindAsync(id, context.RequestAborted) is not { } bulk)
            {
                return Refusals.NoSuch("list of cases", id);
            }

            var (word, wrong) = await JsonBody.ReadAsync(context.Request, 0, (json, _, errors) => read(json, errors));
            if (word is null)
            {
                return wrong;
            }

            if (await settle(bulk, who.AsPerson(), word) is { } why)
            {
                return PaymentRefusals.OfDecision(why);
            }

            var settled = await bulks.FindAsync(id, context.RequestAborted) ?? bulk;
            LogSettled(id, who.Name, settled.State.Name());
            return await ShowAsync(context, 200, settled);
        });

    private async Task<Refusal?> ShowAsync(HttpContext context, int status, BulkProposal bulk)
    {
        await context.JsonAsync(status, await BodyAsync(context, bulk), ApiJson.Default.BulkBody);
        return null;
    }

    private async Task<BulkBody> BodyAsync(HttpContext context, BulkProposal bulk) =>
        bulk.ToBody(await bulks.CountAsync(bulk.Id, context.RequestAborted));

    /// <exception cref="FormatException">The text is not a cursor.</exception>
    private static long Number(string cursor, long most) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException();

    [LoggerMessage(Level = LogLevel.Information, Message = "List {Bulk} of {Count} payments proposed as {Outcome} by {Operator}")]
    private partial void LogProposed(string bulk, string @operator, int count, string outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "List {Bulk} settled by {Operator}: {State}")]
    private partial void LogSettled(string bulk, string @operator, string state);

    private sealed record Approval(string Digest, string? Reason);
}
