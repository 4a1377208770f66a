using System.Buffers;
using System.IO.Pipelines;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Reads a request's raw body, and not a byte more than the limit.</summary>
internal static class BoundedBody
{
    /// <summary>
    /// The whole body, or null when it is larger. Whoever has read it advances the reader to its end.
    /// </summary>
    public static async ValueTask<ReadOnlySequence<byte>?> ReadAsync(
        HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await ReadAsync(reader, cancellation);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                return result.Buffer;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The web server reports a chunk's length beyond its numbers as a broken stream; it is a broken request.</summary>
    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body is not valid HTTP", broken);
        }
    }
}
