using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <param name="Caller">Null for a report of a lane, which repeats it until it is acknowledged.</param>
internal readonly record struct PendingLookUp(Caller? Caller, AcceptRequest? Accept, ReceivedReport? Report)
{
    public bool IsCancel { get; init; }

    /// <summary>Null: there is no such payment.</summary>
    public BookAnswer? AnswerWith(Payment? found) => found switch
    {
        null => null,
        { State: not PaymentState.Closed } when IsCancel => new BookAnswer.Refused(PaymentRefusal.PaymentEnded),
        _ => new BookAnswer.Stored(found, IsNew: false),
    };
}

internal sealed class ForgottenPayments(int lastCapacity)
{
    private readonly Queue<(PaymentId Id, long Version, TimeSpan LeaveAt)> _leaving = new();
    private readonly Dictionary<PaymentId, List<PendingLookUp>> _lookUps = [];
    private SeenNumbers _numbers = new(lastCapacity);

    public long Bytes => _numbers.Bytes;

    /// <summary>Payments that will soon leave memory, those included that have changed again.</summary>
    public int Leaving => _leaving.Count;

    public byte[] ToBytes() => _numbers.ToBytes();

    public void Restore(ReadOnlySpan<byte> numbers) => _numbers = SeenNumbers.FromBytes(numbers, lastCapacity);

    /// <summary>
    /// False: no payment of that number has ever left memory. True is only probable, and also said of payments that soon leave.
    /// </summary>
    public bool MayContain(PaymentId id) => _numbers.MayContain(id);

    public void Add(PaymentId id) => _numbers.Add(id);

    public void LeaveLater(PaymentId id, long version, TimeSpan at) => _leaving.Enqueue((id, version, at));

    public bool TryTakeLeaving(TimeSpan now, out (PaymentId Id, long Version, TimeSpan LeaveAt) due) =>
        _leaving.TryPeek(out due) && due.LeaveAt <= now && _leaving.TryDequeue(out due);

    public bool IsLookedUp(PaymentId id) => _lookUps.ContainsKey(id);

    public bool LookUp(PaymentId id, PendingLookUp pending)
    {
        if (_lookUps.TryGetValue(id, out var others))
        {
            others.Add(pending);
            return false;
        }

        _lookUps[id] = [pending];
        return true;
    }

    public List<PendingLookUp> TakeLookUps(PaymentId id) => _lookUps.Remove(id, out var pending) ? pending : [];
}
