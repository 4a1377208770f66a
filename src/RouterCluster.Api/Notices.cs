namespace RouterCluster.Api;

/// <summary>A verified notice without an order here; <paramref name="Reason"/> says why.</summary>
/// <param name="ReceivedAt">The last of the <paramref name="Times"/> that it came.</param>
public sealed record NoticeBody(
    string Id,
    string Channel,
    string OrderNo,
    string Reason,
    string Class,
    string Code,
    string? Message,
    long Amount,
    string Currency,
    string? ChannelOrderNo,
    DateTimeOffset ReceivedAt,
    long Times);
