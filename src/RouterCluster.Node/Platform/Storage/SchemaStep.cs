using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>Called in a transaction that holds the lock on the schema.</summary>
internal delegate Task ChangeSchema(DbConnection connection, SqlDialect dialect, CancellationToken cancellation);

/// <summary>
/// Brings the schema from one version to the next. Nodes of the version before go on working beside the new tables.
/// </summary>
/// <param name="What">One line, stored with the version.</param>
internal sealed record SchemaStep(string What, ChangeSchema Change);

/// <param name="From">Null: the database was empty. 0: it was begun by a program whose schema had no versions.</param>
internal sealed record SchemaMove(int? From, int To);
