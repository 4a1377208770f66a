using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Lanes;

/// <summary>The criteria by which a company may refuse an order.</summary>
public readonly record struct CallPart(Product Product, string? Bank, long Amount);

/// <summary>Orders that a channel refuses at the moment while it takes others.</summary>
/// <param name="From">The least refused amount; 0: all orders of the product and bank are refused.</param>
/// <param name="For">The rest of the time.</param>
public readonly record struct ClosedPart(Product Product, string? Bank, long From, TimeSpan For);

/// <summary>Further news from the end of a call.</summary>
/// <param name="Pause">The pause that the channel asks for when it refuses a call as too many.</param>
/// <param name="Part">The order's criteria; null for a query.</param>
/// <param name="ClosedFor">How long the channel takes no such orders, as it has announced.</param>
public readonly record struct CallNews(TimeSpan? Pause, CallPart? Part, TimeSpan? ClosedFor);
