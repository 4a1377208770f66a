using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RouterCluster.Benchmarks.Views;

/// <summary>
/// The runtime loads this into a program that is measured (DOTNET_STARTUP_HOOKS asks for a class of this name without
/// a namespace). It tells what the program allocated and how many work items its thread pool ended, to whoever connects.
/// </summary>
internal static class StartupHook
{
    public const string PortVariable = "ROUTERCLUSTER_COUNTS_PORT";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(WithoutViews.Variable) is not null)
        {
            WithoutViews.Begin();
        }

        if (int.TryParse(Environment.GetEnvironmentVariable(PortVariable), CultureInfo.InvariantCulture, out var port))
        {
            // A thread of its own that blocks: what counts work items of the pool must not add any.
            new Thread(() => Tell(port)) { IsBackground = true, Name = "counts" }.Start();
        }
    }

    private static void Tell(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            using var asking = listener.AcceptSocket();
            asking.Send(Encoding.ASCII.GetBytes(FormattableString.Invariant(
                $"{GC.GetTotalAllocatedBytes()} {ThreadPool.CompletedWorkItemCount}")));
        }
    }
}
