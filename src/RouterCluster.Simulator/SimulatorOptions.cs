using System.Net;
using RouterCluster.Simulator.Channels;

namespace RouterCluster.Simulator;

public sealed record SimulatorOptions
{
    public const string DefaultSecret = "sim-secret";
    public const string DefaultMerchantId = "M1";
    public const int DefaultPort = 9090;

    public static IReadOnlyList<string> DefaultChannels { get; } =
        ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

    /// <summary>The port that all channels share; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>Channels that exist from the start; other channels are created by their first call.</summary>
    public IReadOnlyList<string> Channels { get; init; } = DefaultChannels;

    public string Secret { get; init; } = DefaultSecret;

    public string MerchantId { get; init; } = DefaultMerchantId;

    public ChannelSettings Settings { get; init; } = new();

    /// <summary>Calls remembered per channel; the oldest are dropped, and the log counts them.</summary>
    public int LogCapacity { get; init; } = 5_000_000;
}
