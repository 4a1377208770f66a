using System.Net.Sockets;
using System.Runtime.InteropServices;
using RouterCluster.Simulator;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

var (options, error) = CommandLine.Parse(args);
if (error is not null)
{
    Console.Error.WriteLine(error);
    return 2;
}

try
{
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    await using var server = await SimulatorServer.StartAsync(options);

    Console.WriteLine($"PSP simulator on http://{options.Bind}:{server.Port}, merchant {options.MerchantId}");
    foreach (var channel in options.Channels)
    {
        Console.WriteLine($"  {channel}: /{channel}, alone on port {server.ChannelPort(channel)}");
    }

    Console.WriteLine($"Controls: http://{options.Bind}:{server.Port}/_control");
    await stop.Task;
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }
}
catch (SocketException failure)
{
    Console.Error.WriteLine($"Cannot listen on {options.Bind} port {options.Port}: {failure.Message}");
    return 2;
}
