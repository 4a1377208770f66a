using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One run of a node: its row in storage, which it renews while it lives and storage answers, and what it has seen of the
/// rows of others. Whoever sees a row unrenewed for as long as a renewal lasts ends it.
/// </summary>
internal sealed class NodeLease
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    private const double RenewEvery = 0.6;

    private readonly Life _life;
    private readonly Node _node;
    private readonly Dictionary<string, (long Beat, TimeSpan Since)> _seen = [];
    private ClaimTime _renewedAt;
    private long _beat;
    private bool _isEnded;
    private bool _isLost;

    public NodeLease(Life life, Node node, int run)
    {
        (_life, _node, Incarnation) = (life, node, $"{node.Number}.{run}");
        _renewedAt = node.Clocks;
        life.Leases[Incarnation] = this;
        life.Time.After(RenewEvery, Renew);
    }

    public string Incarnation { get; }

    public bool MaySend => !_isLost && Age(_node.Clocks) < Lasts * 0.9;

    /// <summary>
    /// How long from now successors allow this node's calls to last. A process that stands still for longer holds calls open
    /// that nobody can end in its place: no router keeps the law then, and no life goes there.
    /// </summary>
    public TimeSpan CallsLastFor(TimeSpan timeout) => Lasts + timeout - (_node.Monotonic - _renewedAt.Monotonic);

    /// <summary>By this node's own clock; null: the other may still send.</summary>
    public TimeSpan? SilentFor(string incarnation)
    {
        var other = _life.Leases[incarnation];
        var now = _node.Monotonic;
        if (!_seen.TryGetValue(incarnation, out var seen) || (seen.Beat != other._beat && !other._isEnded))
        {
            _seen[incarnation] = seen = (other._beat, now);
        }

        var silent = now - seen.Since - Lasts;
        if (silent < TimeSpan.Zero || _node.IsCutOff)
        {
            return null;
        }

        other._isEnded = true;
        return silent;
    }

    private void Renew()
    {
        if (!_node.IsUp || _node.Lease != this)
        {
            return;
        }

        if (!_node.IsCutOff)
        {
            if (_isEnded)
            {
                _isLost = true;
                _node.Die("its row is lost");
                return;
            }

            _beat++;
            _renewedAt = _node.Clocks;
        }

        _life.Time.After(RenewEvery, Renew);
    }

    private TimeSpan Age(ClaimTime now)
    {
        var (monotonic, wall) = (now.Monotonic - _renewedAt.Monotonic, now.Utc - _renewedAt.Utc);
        return wall > monotonic ? wall : monotonic;
    }
}
