using System.Runtime.CompilerServices;
using System.Text;

namespace RouterCluster.Cli.Tail;

/// <summary>
/// Reads <see href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</see> until the stream
/// ends.
/// </summary>
internal static class ServerEvents
{
    private const string Event = "event: ";
    private const string Data = "data: ";

    /// <param name="silence">The node sends a beat every few seconds: a stream that is silent for longer is cut off.</param>
    /// <exception cref="TimeoutException">The stream was silent for so long.</exception>
    public static async IAsyncEnumerable<(string Name, string Data)> ReadAsync(
        Stream stream, TimeSpan silence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (name, data) = ("", new StringBuilder());
        while (await LineAsync(reader, silence, cancellation) is { } line)
        {
            if (line.StartsWith(Event, StringComparison.Ordinal))
            {
                name = line[Event.Length..];
            }
            else if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                data.Append(line.AsSpan(Data.Length));
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                yield return (name, data.ToString());
                (name, data) = ("", new StringBuilder());
            }
        }
    }

    private static async Task<string?> LineAsync(StreamReader reader, TimeSpan silence, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(silence);
        try
        {
            return await reader.ReadLineAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {silence.TotalSeconds:0.#} s");
        }
    }
}
