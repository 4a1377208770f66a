using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Law;

/// <summary>
/// One node with a channel for each way to misbehave, named after it and reached by a bank of that name, and one channel
/// that always works, takes every bank, and is preferred last.
/// </summary>
public sealed class LawFixture : IAsyncLifetime
{
    public const string Collection = "law";

    internal const string Sound = "sound";

    internal static readonly string[] Modes =
    [
        "ok", "hang", "refuse", "reset_before", "reset_after", "lost_response", "error_500", "bad_signature", "wrong_amount",
        "throttle", "maintenance", "processing",
    ];

    private Psp? _psp;
    private Node? _node;

    internal static IReadOnlyList<string> Channels { get; } = [.. Modes.Select(ChannelOf), "limits", "customers", Sound];

    internal Psp Psp => _psp ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal Node Node => _node ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal static string ChannelOf(string mode) => mode.Replace('_', '-');

    internal static string BankOf(string channel) => channel.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    public async Task InitializeAsync()
    {
        _psp = await Psp.StartAsync(Channels);
        var plan = NodePlan.WithChannels(_psp, Channels)
            .Set($"router.policies.bad-first {{ kind = priority, tolerance = 1, channels = [{string.Join(", ", Channels)}] }}")
            .Set("router.merchants.shop.routing.\"*\".policy = bad-first");
        foreach (var channel in Channels.Where(channel => channel != Sound))
        {
            plan.Set($"router.channels.{channel} {{ banks = [\"{BankOf(channel)}\"] }}");
        }

        plan.Set($"router.channels.refuse.base-url = \"{await _psp.OwnAddressAsync("refuse")}\"");
        foreach (var mode in Modes)
        {
            await _psp.SetAsync(ChannelOf(mode), new { mode, latency_ms = 5 });
        }

        await _psp.SetAsync("limits", new { success_rate = 0.0, latency_ms = 5 });
        await _psp.SetAsync("customers", new { latency_ms = 5 });
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

[CollectionDefinition(LawFixture.Collection)]
public sealed class LawCollection : ICollectionFixture<LawFixture>;
