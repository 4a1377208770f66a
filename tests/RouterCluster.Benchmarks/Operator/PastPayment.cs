using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Benchmarks.Operator;

/// <param name="Begun">So many of the changes make the book's first row of it; the others make its second one.</param>
internal sealed record PastPayment(Payment Payment, ImmutableArray<CommittedEvent> Changes, int Begun);
