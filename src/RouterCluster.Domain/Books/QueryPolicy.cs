using System.Collections.Immutable;

namespace RouterCluster.Domain.Books;

/// <summary>How a channel's unclear attempts are asked about, and when its "not found" is believed.</summary>
/// <param name="QueryTimeout">How long a query may wait in its lane and take, together.</param>
/// <param name="Schedule">Pauses between queries; the last one repeats.</param>
/// <param name="NotFoundIsFinalAfter">The channel's documented delay after which "not found" may be believed.</param>
/// <param name="NotFoundAgreeing">How many queries in a row must agree on "not found".</param>
/// <param name="QueryCredit">Queries that one book may have out at this channel at once.</param>
public sealed record QueryPolicy(
    TimeSpan SubmitQueueDeadline,
    TimeSpan SubmitTimeout,
    TimeSpan QueryTimeout,
    ImmutableArray<TimeSpan> Schedule,
    TimeSpan NotFoundIsFinalAfter,
    int NotFoundAgreeing,
    int QueryCredit);
