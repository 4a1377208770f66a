using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RouterCluster.Node.Platform.Health;

/// <summary>A condition without which the node must not get traffic.</summary>
public interface IReadinessCheck : IHealthCheck
{
    /// <summary>Null when all is well. Called often, so it answers from memory.</summary>
    string? Problem();

    /// <summary>How many of each kind are not ready, for metrics.</summary>
    IEnumerable<(string Kind, int Count)> NotReady(string name) => [(name, Problem() is null ? 0 : 1)];

    Task<HealthCheckResult> IHealthCheck.CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}

/// <summary>Whether this node takes new payments.</summary>
public sealed class Readiness : IReadinessCheck, IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private volatile bool _isLeaving;

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Fires when the node begins to stop, which ends waits for results.</summary>
    public CancellationToken Draining => _draining.Token;

    public string? Problem()
    {
        if (IsDraining)
        {
            return "this node is stopping";
        }

        return _isLeaving ? "this node is draining: it owns nothing, or hands it over" : null;
    }

    /// <summary>What comes is still taken, but load balancers should send it elsewhere.</summary>
    public void Leaves(bool isLeaving) => _isLeaving = isLeaving;

    /// <summary>From here on new payments are refused and running ones answered; there is no way back.</summary>
    public void Drain() => _draining.Cancel();

    public void Dispose() => _draining.Dispose();
}
