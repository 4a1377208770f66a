using System.Runtime.InteropServices;

namespace RouterCluster.Cluster.Tests.Processes;

/// <summary>Linux numbers.</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    public static void Send(int process, Signal signal)
    {
        if (!TrySend(process, signal))
        {
            throw new InvalidOperationException($"{signal} does not reach process {process}.");
        }
    }

    /// <summary>False: there is no such process any more.</summary>
    public static bool TrySend(int process, Signal signal) => Kill(process, (int)signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
