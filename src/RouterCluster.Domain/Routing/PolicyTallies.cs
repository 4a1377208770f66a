using System.Collections.Immutable;

namespace RouterCluster.Domain.Routing;

public enum PolicyRole
{
    Active,

    Canary,

    Shadow,
}

public sealed record PolicyStanding(string Policy, PolicyRole Role, long Decisions, long Agreed, double ExpectedSum)
{
    /// <summary>Null before the first choice.</summary>
    public double? ExpectedSuccess => Decisions == 0 ? null : ExpectedSum / Decisions;
}

internal sealed class PolicyTallies
{
    private readonly Dictionary<(string Policy, PolicyRole Role), Tally> _tallies = [];

    public void Decided(string policy, PolicyRole role, bool agreed, double expected)
    {
        if (!_tallies.TryGetValue((policy, role), out var tally))
        {
            tally = new Tally();
            _tallies.Add((policy, role), tally);
        }

        tally.Add(agreed, expected);
    }

    public ImmutableArray<PolicyStanding> Standings() =>
        [.. _tallies.Select(entry => entry.Value.Standing(entry.Key.Policy, entry.Key.Role))];

    private sealed class Tally
    {
        private long _decisions;
        private long _agreed;
        private double _expected;

        public void Add(bool agreed, double expected)
        {
            _decisions++;
            _agreed += agreed ? 1 : 0;
            _expected += expected;
        }

        public PolicyStanding Standing(string policy, PolicyRole role) => new(policy, role, _decisions, _agreed, _expected);
    }
}
