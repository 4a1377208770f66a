using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RouterCluster.Simulator.Behaviour;
using RouterCluster.Simulator.Channels;
using RouterCluster.Simulator.Control;
using RouterCluster.Simulator.Listening;
using RouterCluster.Simulator.Notices;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator;

/// <summary>
/// A payment company in this process that misbehaves on request. It runs Kestrel without a host, so that it neither logs
/// nor handles the process's signals.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;
    private readonly Notifier _notifier;
    private readonly ChannelDirectory _channels;
    private readonly ListeningPort _sharedPort;
    private bool _isDisposed;

    private SimulatorServer(KestrelServer server, Notifier notifier, ChannelDirectory channels, ListeningPort sharedPort)
    {
        _server = server;
        _notifier = notifier;
        _channels = channels;
        _sharedPort = sharedPort;
    }

    /// <summary>The port that all channels and the controls share.</summary>
    public int Port => _sharedPort.Port;

    /// <exception cref="System.Net.Sockets.SocketException">The port is taken or the address is not this machine's.</exception>
    /// <exception cref="ArgumentException">A channel's name is not allowed.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        var ports = new Ports();
        try
        {
            return await StartAsync(options, ports, cancellationToken);
        }
        catch
        {
            await ports.UnbindAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>The port of this channel alone. A new channel is created.</summary>
    public int ChannelPort(string channel) => Existing(_channels, channel).OwnPort.Port;

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        using var patience = new CancellationTokenSource(StopPatience);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
        _notifier.Dispose();
    }

    private static async Task<SimulatorServer> StartAsync(
        SimulatorOptions options, Ports ports, CancellationToken cancellationToken)
    {
        var shared = ports.Reserve(new IPEndPoint(options.Bind, options.Port), null);
        var channels = new ChannelDirectory(options, ports);
        foreach (var name in options.Channels)
        {
            _ = Existing(channels, name);
        }

        var signatures = new Signatures(options.Secret);
        var notifier = new Notifier(options, signatures);
        var dispatch = new RequestDispatch(
            channels,
            new SubmitBehaviour(options, signatures, notifier),
            new QueryBehaviour(options, signatures),
            new ControlEndpoints(channels, options.Bind));

        var kestrel = Options.Create(KestrelOptions(options, shared));
        var server = new KestrelServer(kestrel, ports, NullLoggerFactory.Instance);
        await server.StartAsync(new HttpApplication(dispatch.HandleAsync), cancellationToken);
        shared.Open();
        return new SimulatorServer(server, notifier, channels, shared);
    }

    private static KestrelServerOptions KestrelOptions(SimulatorOptions options, ListeningPort shared)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = RequestBody.LimitBytes;
        kestrel.Listen(new IPEndPoint(options.Bind, shared.Port), listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private static SimulatedChannel Existing(ChannelDirectory channels, string name) =>
        channels.Find(name) ?? throw new ArgumentException($"'{name}' cannot be a channel's name.", nameof(name));
}
