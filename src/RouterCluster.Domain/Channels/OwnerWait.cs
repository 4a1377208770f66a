namespace RouterCluster.Domain.Channels;

/// <summary>
/// Decides when a channel's new owner may make its first call. By then no earlier owner can send any more, and the company
/// has seen the end of all their calls. All times are the new owner's own: clocks of two machines are never compared.
/// </summary>
/// <param name="last">Null: nobody has owned the channel before.</param>
/// <param name="self">The run of the node on which the new owner is.</param>
/// <param name="lease">After this time an owner that has not seen its claim stops sending.</param>
/// <param name="takenAt">After the new owner's claim was stored.</param>
public sealed class OwnerWait(LastOwner? last, string self, TimeSpan lease, ClaimTime takenAt)
{
    /// <summary>
    /// The run of another node whose silence shortens the wait. Null: none. An owner that had only waited has left its own
    /// predecessor's calls to this one, and its silence does not tell of them.
    /// </summary>
    public string? Predecessor => last is { State: ClaimState.Open } && last.Incarnation != self ? last.Incarnation : null;

    /// <param name="silentFor">
    /// How long the <see cref="Predecessor"/>'s node has certainly not been able to send; null: it may still.
    /// </param>
    /// <param name="hereEnded">All calls that earlier owners on this node have made have ended.</param>
    /// <remarks>Law 6.8.</remarks>
    public bool IsOver(ClaimTime now, TimeSpan? silentFor, bool hereEnded)
    {
        if (!hereEnded)
        {
            return false;
        }

        if (last is null or { State: ClaimState.Released } || (last.State == ClaimState.Open && last.Incarnation == self))
        {
            return true;
        }

        return silentFor >= last.LongestCall || now.Monotonic - takenAt.Monotonic >= lease + last.LongestCall;
    }
}
