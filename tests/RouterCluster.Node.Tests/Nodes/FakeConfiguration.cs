using System.Collections.Concurrent;
using RouterCluster.Node.Configuration;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Changes one weight, unless the text speaks of an error.</summary>
internal sealed class FakeConfiguration : IConfigurationControl
{
    public ConcurrentQueue<ConfigurationRequest> Asked { get; } = new();

    public bool IsContended { get; set; }

    public Task<ConfigurationOutcome?> ApplyAsync(ConfigurationRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        var isWrong = request.Text.Contains("wrong", StringComparison.Ordinal);
        return Task.FromResult<ConfigurationOutcome?>(IsContended ? null : new ConfigurationOutcome(
            isWrong || request.IsDryRun ? null : 7,
            ["channel alpha: weight 1 -> 2"],
            isWrong ? [("router.channels.alpha.weight", "wrong (line 1)", 1)] : []));
    }
}
