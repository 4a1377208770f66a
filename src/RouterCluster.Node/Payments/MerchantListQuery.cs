using Microsoft.AspNetCore.Mvc;

namespace RouterCluster.Node.Payments;

/// <summary>The parameters with which a merchant looks its payments up, as they came.</summary>
internal sealed record MerchantListQuery
{
    [FromQuery(Name = "order_no")]
    public string? OrderNo { get; init; }

    [FromQuery(Name = "created_from")]
    public string? From { get; init; }

    [FromQuery(Name = "created_to")]
    public string? To { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    public bool IsOfOne => (From, To, Limit, Cursor) is (null, null, null, null);
}
