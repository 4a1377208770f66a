using Microsoft.AspNetCore.Mvc;

namespace RouterCluster.Node.Payments;

/// <summary>The parameters of the list of payments, as they came.</summary>
internal sealed record PaymentListQuery
{
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "channel")]
    public string? Channel { get; init; }

    [FromQuery(Name = "merchant")]
    public string? Merchant { get; init; }

    [FromQuery(Name = "product")]
    public string? Product { get; init; }

    [FromQuery(Name = "class")]
    public string? Class { get; init; }

    [FromQuery(Name = "code")]
    public string? Code { get; init; }

    [FromQuery(Name = "bank")]
    public string? Bank { get; init; }

    [FromQuery(Name = "min_amount")]
    public string? MinAmount { get; init; }

    [FromQuery(Name = "max_amount")]
    public string? MaxAmount { get; init; }

    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "order_no")]
    public string? OrderNo { get; init; }

    [FromQuery(Name = "mode")]
    public string? Mode { get; init; }
}
