using Akka.Actor;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments;

/// <summary>
/// A book's questions to the read model: one at a time, for all numbers that came meanwhile. No number waits for others,
/// and there are few questions even when every number has to be looked up.
/// </summary>
internal sealed class BookLookUps(PaymentReadModel readModel, IActorRef book)
{
    private const int MostAtOnce = 1000;

    private readonly Queue<PaymentId> _waiting = new();
    private bool _isAsking;

    public void Ask(PaymentId id)
    {
        _waiting.Enqueue(id);
        Go();
    }

    /// <summary>The previous question has been answered.</summary>
    public void Answered()
    {
        _isAsking = false;
        Go();
    }

    private void Go()
    {
        if (_isAsking || _waiting.Count == 0)
        {
            return;
        }

        _isAsking = true;
        var asked = new List<PaymentId>(Math.Min(_waiting.Count, MostAtOnce));
        while (asked.Count < MostAtOnce && _waiting.TryDequeue(out var id))
        {
            asked.Add(id);
        }

        readModel.FindAllAsync(asked, CancellationToken.None).PipeTo(
            book, book,
            found => new LookedUp(asked, found, null),
            cause => new LookedUp(asked, new Dictionary<PaymentId, Payment>(), cause));
    }

    /// <param name="Cause">Why the read model did not answer; null: numbers without a payment are new.</param>
    internal sealed record LookedUp(
        IReadOnlyList<PaymentId> Asked, IReadOnlyDictionary<PaymentId, Payment> Found, Exception? Cause)
        : INoSerializationVerificationNeeded;
}
