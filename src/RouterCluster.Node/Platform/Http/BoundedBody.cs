using System.Buffers;
using System.IO.Pipelines;

namespace RouterCluster.Node.Platform.Http;

internal static class BoundedBody
{
    /// <summary>
    /// The whole body, or null when it exceeds the limit. The caller advances the reader to the body's end.
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

    /// <summary>
    /// The web server reports a chunk length that is too long a number as a broken stream; it is a broken request.
    /// </summary>
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
