using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Lanes;

/// <summary>The criteria by which a company may refuse an order.</summary>
public readonly record struct CallPart(Product Product, string? Bank, long Amount);

/// <param name="From">The least refused amount; 0: all amounts.</param>
public readonly record struct ClosedPart(Product Product, string? Bank, long From, TimeSpan For);

/// <param name="Pause">As the channel asks for when it refuses a call as too many.</param>
/// <param name="Part">Null for a query.</param>
/// <param name="ClosedFor">As the channel has announced for such orders.</param>
public readonly record struct CallNews(TimeSpan? Pause, CallPart? Part, TimeSpan? ClosedFor);
