using System.Collections.Immutable;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <param name="IsDemo">The token is public and counts only for requests from loopback, in sandbox mode.</param>
public sealed record OperatorSettings(string Name, TokenHash Token, ImmutableHashSet<OperatorRole> Roles, bool IsDemo);

public enum OperatorRole
{
    Viewer = 1,
    Operator = 2,
    Approver = 3,
    Admin = 4,
}
