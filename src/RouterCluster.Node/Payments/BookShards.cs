using System.Globalization;
using Akka.Cluster.Sharding;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>One shard per book, so that books move one by one.</summary>
internal sealed class BookShards : IMessageExtractor
{
    public const string Region = "book";

    public static int BookOf(string shard) => int.Parse(shard, CultureInfo.InvariantCulture);

    public string? EntityId(object message) => (message as IBookMessage)?.Book.ToString(CultureInfo.InvariantCulture);

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message);

    public string ShardId(string entityId, object? messageHint = null) => entityId;
}
