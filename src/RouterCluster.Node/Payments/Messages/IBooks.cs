using Akka.Actor;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>The way to the books, on whichever node each is.</summary>
public interface IBooks : ICanTell;
