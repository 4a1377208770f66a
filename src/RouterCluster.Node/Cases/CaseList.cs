using RouterCluster.Api;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Cases;

internal sealed class CaseList(PaymentReadModel readModel) : ICaseList
{
    public async Task<ListBody<CaseBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        var page = await readModel.ListCasesAsync(limit, cursor, cancellation);
        return new ListBody<CaseBody>([.. page.Items.Select(payment => payment.ToCase())], page.Next);
    }
}
