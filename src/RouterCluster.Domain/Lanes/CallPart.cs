using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Lanes;

/// <summary>What an order was about, as far as a company may refuse orders for it.</summary>
public readonly record struct CallPart(Product Product, string? Bank, long Amount);

/// <summary>Orders that a channel refuses at the moment, while it takes others.</summary>
/// <param name="From">Amounts from here on; 0: all of the product and bank.</param>
/// <param name="For">How much longer.</param>
public readonly record struct ClosedPart(Product Product, string? Bank, long From, TimeSpan For);

/// <summary>What the end of a call says beyond its verdict.</summary>
/// <param name="Pause">How long the channel asks to be left alone, in a refusal as one call too many.</param>
/// <param name="Part">What the order was about; null for a question.</param>
/// <param name="ClosedFor">How long the channel says that it takes no such orders.</param>
public readonly record struct CallNews(TimeSpan? Pause, CallPart? Part, TimeSpan? ClosedFor);
