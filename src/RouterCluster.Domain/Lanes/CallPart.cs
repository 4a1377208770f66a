using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Lanes;

public readonly record struct CallPart(Product Product, string? Bank, long Amount);

/// <param name="From">The least refused amount; 0: all amounts.</param>
public readonly record struct ClosedPart(Product Product, string? Bank, long From, TimeSpan For);

/// <param name="Pause">As the channel asks for when it refuses a call as too many.</param>
/// <param name="Part">Null for a query.</param>
public readonly record struct CallNews(TimeSpan? Pause, CallPart? Part, TimeSpan? ClosedFor);
