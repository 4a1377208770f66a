using System.Diagnostics;
using System.Globalization;

namespace RouterCluster.Cluster.Tests.Processes;

/// <summary>
/// Machines with addresses of their own on one network: network namespaces on a bridge, whose own address is this process's.
/// What one of them sends to another can be dropped on its way, unnoticed by both. Needs root.
/// </summary>
internal sealed class MachineNetwork : IAsyncDisposable
{
    private const int FirstHost = 11;

    // Nobody has it, so a frame for it arrives nowhere.
    private const string Nowhere = "02:00:00:00:00:fe";

    // Waits for its standard input to close, which happens however this process ends, and then leaves nothing behind.
    private const string GuardScript = """
        trap '' INT TERM HUP
        cat >/dev/null
        for machine in $(seq "$1"); do ip netns del "$0-$machine"; done
        ip link del "$0"
        """;

    private readonly string _name;
    private readonly string _prefix;
    private readonly Process _guard;

    public static bool IsPossible { get; } = Environment.IsPrivilegedProcess && TryOne();

    private MachineNetwork(int machines)
    {
        var own = Environment.ProcessId & 0x3fff;
        _name = $"rc{Environment.ProcessId}";
        _prefix = string.Create(CultureInfo.InvariantCulture, $"10.{64 + (own >> 8)}.{own & 255}.");
        string[] guard = ["-c", GuardScript, _name, $"{machines}"];
        var start = new ProcessStartInfo("/bin/sh", guard) { RedirectStandardInput = true };
        _guard = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh does not start.");
        Machines = [.. Enumerable.Range(1, machines).Select(MachineOf)];
    }

    /// <summary>Of this process, as the machines see it.</summary>
    public string Address => $"{_prefix}1";

    public IReadOnlyList<Machine> Machines { get; }

    public static async Task<MachineNetwork> CreateAsync(int machines)
    {
        var network = new MachineNetwork(machines);
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops what the one machine sends to the other; the way back stays open.</summary>
    public Task CutAsync(int from, int to) => IpAsync(
        "-n", NameOf(from + 1), "neigh", "replace", Machines[to].Address, "lladdr", Nowhere, "nud", "permanent", "dev", "eth0");

    public Task MendAsync(int from, int to) =>
        IpAsync("-n", NameOf(from + 1), "neigh", "del", Machines[to].Address, "dev", "eth0");

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private string NameOf(int machine) => $"{_name}-{machine}";

    private Machine MachineOf(int machine) =>
        new($"{_prefix}{FirstHost + machine}") { Command = ["ip", "netns", "exec", NameOf(machine)] };

    private async Task BuildAsync()
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        await IpAsync("addr", "add", $"{Address}/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        for (var machine = 1; machine <= Machines.Count; machine++)
        {
            var space = NameOf(machine);
            await IpAsync("netns", "add", space);
            await IpAsync("link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
            await IpAsync("link", "set", space, "master", _name, "up");
            await IpAsync("-n", space, "addr", "add", $"{Machines[machine - 1].Address}/24", "dev", "eth0");
            await IpAsync("-n", space, "link", "set", "eth0", "up");
            await IpAsync("-n", space, "link", "set", "lo", "up");
        }
    }

    private static bool TryOne()
    {
        var space = $"rc{Environment.ProcessId}-0";
        var isMade = Ip("netns", "add", space)
            && Ip("link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
        return Ip("netns", "del", space) && isMade;
    }

    private static bool Ip(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })
        ?? throw new InvalidOperationException("ip does not start.");

    private static async Task IpAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {errors}");
    }
}
