using System.Buffers;

namespace RouterCluster.Simulator.Wire;

internal static class RequestBody
{
    public const int LimitBytes = 64 * 1024;

    /// <exception cref="BadHttpRequestException">The body is too large, or its framing is broken.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
