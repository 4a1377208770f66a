using System.Net.Sockets;

namespace RouterCluster.Channels.Tests.Psp;

/// <summary>What the scripted company does with one request.</summary>
/// <param name="Reads">Whether the request is read first; else it is only waited for.</param>
/// <param name="Run">Acts on the connection; true keeps it open for a next request.</param>
public sealed record PspAct(bool Reads, Func<Socket, CancellationToken, Task<bool>> Run)
{
    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads and never answers, until the client goes away.</summary>
    public static PspAct Hang { get; } = new(true, async (socket, stop) =>
    {
        await socket.ReceiveAsync(new byte[1], stop);
        return false;
    });

    public static PspAct ResetUnread { get; } = new(false, (socket, _) => Task.FromResult(Reset(socket)));

    public static PspAct ResetAfterReading { get; } = new(true, (socket, _) => Task.FromResult(Reset(socket)));

    public static PspAct CloseAfterReading { get; } = new(true, static (_, _) => Task.FromResult(false));

    public static PspAct Send(byte[] answer) => new(true, async (socket, stop) =>
    {
        await socket.SendAsync(answer, stop);
        return true;
    });

    /// <summary>Sends the answer without its last bytes and closes.</summary>
    public static PspAct Truncate(byte[] answer) => new(true, async (socket, stop) =>
    {
        await socket.SendAsync(answer.AsMemory(0, answer.Length - 5), stop);
        return false;
    });

    /// <summary>Sends the answer's beginning, then for ever a blank now and then.</summary>
    public static PspAct Drip(byte[] answer, Action onDrip) => new(true, async (socket, stop) =>
    {
        await socket.SendAsync(answer.AsMemory(0, answer.Length - 10), stop);
        onDrip();
        while (await socket.SendAsync(" "u8.ToArray(), stop) > 0)
        {
            await Task.Delay(DripInterval, stop);
        }

        return false;
    });

    /// <summary>Sends the answer's beginning and never stops sending.</summary>
    public static PspAct Pour(byte[] beginning) => new(true, async (socket, stop) =>
    {
        await socket.SendAsync(beginning, stop);
        var blanks = new byte[4096];
        Array.Fill(blanks, (byte)' ');
        while (await socket.SendAsync(blanks, stop) > 0)
        {
        }

        return false;
    });

    private static bool Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        return false;
    }
}
