using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RouterCluster.Node.Platform.Health;

/// <summary>Something without which the node must not get traffic.</summary>
public interface IReadinessCheck : IHealthCheck
{
    /// <summary>What is wrong; null when all is well. Called often: answers from memory.</summary>
    string? Problem();

    /// <summary>The same as figures: how many of each kind are not ready.</summary>
    /// <param name="name">The check's.</param>
    IEnumerable<(string Kind, int Count)> NotReady(string name) => [(name, Problem() is null ? 0 : 1)];

    Task<HealthCheckResult> IHealthCheck.CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}

/// <summary>Whether this node takes new payments.</summary>
public sealed class Readiness : IReadinessCheck, IDisposable
{
    private readonly CancellationTokenSource _draining = new();

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Fires when the node begins to stop: waits for payments' ends are cut short.</summary>
    public CancellationToken Draining => _draining.Token;

    public string? Problem() => IsDraining ? "this node is stopping" : null;

    /// <summary>New payments are refused from here on; those under way are answered. There is no way back.</summary>
    public void Drain() => _draining.Cancel();

    public void Dispose() => _draining.Dispose();
}
