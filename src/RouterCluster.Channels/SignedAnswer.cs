using System.Buffers;
using System.Text;

namespace RouterCluster.Channels;

internal enum BodyEnd
{
    Complete,
    TooLarge,

    /// <summary>The answer is no HTTP.</summary>
    Broken,
    Lost,
    TimedOut,
}

/// <summary>
/// The signature covers a timestamp, a dot and the raw body, which therefore lie in one rented buffer. When reading the
/// body fails, the status is still known.
/// </summary>
internal sealed class SignedAnswer : IDisposable
{
    private const int MaxBody = 64 * 1024;
    private const int MaxTimestamp = 20;
    private const int FirstRead = 2048;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(MaxTimestamp + 1 + FirstRead);
    private int _bodyStart;
    private int _end;

    private SignedAnswer(int status) => Status = status;

    public int Status { get; }

    public BodyEnd End { get; private set; }

    /// <summary>Null where the header is missing, repeated or no plausible time.</summary>
    public string? Timestamp { get; private set; }

    public string? Signature { get; private set; }

    public ReadOnlySpan<byte> SignedBytes => _buffer.AsSpan(0, _end);

    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(_bodyStart, _end - _bodyStart);

    /// <summary>Reading stopped before the end: the channel may be busy with its answer for a moment longer.</summary>
    public bool WasLeft => End is BodyEnd.TooLarge or BodyEnd.Broken or BodyEnd.TimedOut;

    public static async Task<SignedAnswer> ReceiveAsync(
        HttpResponseMessage response, string timestampHeader, string signatureHeader, CancellationToken timeout)
    {
        var answer = new SignedAnswer((int)response.StatusCode) { Signature = Header(response, signatureHeader) };
        answer.BeginWith(Header(response, timestampHeader));
        answer.End = await answer.ReadBodyAsync(response.Content, timeout).ConfigureAwait(false);
        return answer;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _bodyStart = _end = 0;
    }

    /// <summary>Null where the header is missing or repeated.</summary>
    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.Count == 1 ? values.ToString() : null;

    private void BeginWith(string? timestamp)
    {
        if (timestamp is { Length: > 0 and <= MaxTimestamp } && !timestamp.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            Timestamp = timestamp;
            _bodyStart = Encoding.ASCII.GetBytes(timestamp, _buffer);
            _buffer[_bodyStart++] = (byte)'.';
        }

        _end = _bodyStart;
    }

    private async Task<BodyEnd> ReadBodyAsync(HttpContent content, CancellationToken timeout)
    {
        if (content.Headers.ContentLength > MaxBody)
        {
            return BodyEnd.TooLarge;
        }

        try
        {
            var stream = await content.ReadAsStreamAsync(timeout).ConfigureAwait(false);
            while (_end - _bodyStart <= MaxBody)
            {
                MakeRoom();
                var read = await stream.ReadAsync(_buffer.AsMemory(_end), timeout).ConfigureAwait(false);
                if (read == 0)
                {
                    return BodyEnd.Complete;
                }

                _end += read;
            }

            return BodyEnd.TooLarge;
        }
        catch (OperationCanceledException)
        {
            return BodyEnd.TimedOut;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            if (timeout.IsCancellationRequested)
            {
                return BodyEnd.TimedOut;
            }

            return CallFailure.IsClosedByChannel(exception) ? BodyEnd.Lost : BodyEnd.Broken;
        }
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
