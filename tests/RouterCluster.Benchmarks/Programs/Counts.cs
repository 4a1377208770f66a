using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RouterCluster.Benchmarks.Programs;

/// <summary>What a busy machine does not move. Of one process, and of the database that it uses.</summary>
/// <param name="Switches">Voluntary context switches: a thread waited.</param>
/// <param name="Statements">Of SQL.</param>
/// <param name="LogBytes">Of the database's write-ahead log.</param>
internal readonly record struct Counts(
    double AllocatedBytes, double WorkItems, double Switches, double Statements, double LogBytes)
{
    private const string SwitchesLine = "voluntary_ctxt_switches:";

    public static Counts operator -(Counts a, Counts b) => new(
        a.AllocatedBytes - b.AllocatedBytes, a.WorkItems - b.WorkItems, a.Switches - b.Switches,
        a.Statements - b.Statements, a.LogBytes - b.LogBytes);

    public static Counts operator /(Counts a, double payments) => new(
        a.AllocatedBytes / payments, a.WorkItems / payments, a.Switches / payments,
        a.Statements / payments, a.LogBytes / payments);

    /// <summary>All but the bytes, as text.</summary>
    public string Rest() => FormattableString.Invariant($", {WorkItems:N1} work items, {Switches:N1} waits, ")
        + FormattableString.Invariant($"{Statements:N2} statements, {LogBytes:N0} bytes of log");

    /// <param name="port">Where the program's <see cref="StartupHook"/> tells.</param>
    public static async Task<Counts> OfProcessAsync(int processId, int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        var told = (await reader.ReadToEndAsync()).Split(' ');
        return new Counts(Number(told[0]), Number(told[1]), SwitchesOf(processId), 0, 0);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Of the threads that run: those of a thread that has ended are gone, which servers' rarely do.</summary>
    private static double SwitchesOf(int processId) => Directory.GetDirectories($"/proc/{processId}/task").Sum(thread =>
    {
        try
        {
            return File.ReadLines(Path.Combine(thread, "status"))
                .Where(line => line.StartsWith(SwitchesLine, StringComparison.Ordinal))
                .Sum(line => Number(line[SwitchesLine.Length..]));
        }
        catch (IOException)
        {
            return 0;
        }
    });
}
