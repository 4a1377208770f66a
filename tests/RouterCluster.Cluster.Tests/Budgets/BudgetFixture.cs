using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Budgets;

/// <summary>One node whose channels have small budgets, each reached by the bank of its name.</summary>
public sealed class BudgetFixture : IAsyncLifetime
{
    /// <summary>Limited by its concurrency.</summary>
    internal const string Narrow = "narrow";

    /// <summary>Limited by its rate.</summary>
    internal const string Paced = "paced";

    /// <summary>Two merchants want it.</summary>
    internal const string Shared = "shared";

    internal const int SubmitBudget = 8;
    internal const int QueryBudget = 3;
    internal const int Rate = 50;

    private Psp? _psp;
    private Node? _node;

    internal static IReadOnlyList<string> Channels { get; } = [Narrow, Paced, Shared];

    internal Psp Psp => _psp ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal Node Node => _node ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public async Task InitializeAsync()
    {
        _psp = await Psp.StartAsync(Channels);
        var plan = NodePlan.WithChannels(_psp, Channels).Set($$"""
            router.channel-defaults {
              submit { concurrency = {{SubmitBudget}}, queue = 64, timeout = 400ms, linger = 300ms }
              query { concurrency = {{QueryBudget}}, timeout = 400ms, linger = 300ms }
              breaker.minimum-calls = 1000000
            }
            router.channels.{{Paced}}.submit.rate-per-second = {{Rate}}
            """);
        foreach (var channel in Channels)
        {
            plan.Set($"router.channels.{channel}.banks = [\"{channel.ToUpperInvariant()}\"]");
        }

        _node = new Node(plan);
        await _node.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        if (_psp is not null)
        {
            await _psp.DisposeAsync();
        }
    }
}
