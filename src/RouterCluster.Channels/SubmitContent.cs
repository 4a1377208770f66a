using System.Net;
using System.Net.Http.Headers;

namespace RouterCluster.Channels;

internal enum SendState
{
    /// <summary>No byte left, and none will.</summary>
    NotStarted,

    /// <summary>No byte left, because the caller may not send any more.</summary>
    Forbidden,

    /// <summary>Bytes may have left.</summary>
    Started,
}

/// <summary>
/// The HTTP client asks for the body only when a connection stands, and sends no header before: this is the line between
/// "not sent" and "maybe sent". Written at most once.
/// </summary>
internal sealed class SubmitContent : HttpContent
{
    private const int Fresh = 0;
    private const int Begun = 1;
    private const int Refused = 2;
    private const int Abandoned = 3;

    private readonly byte[] _body;
    private readonly Func<bool> _mayStillSend;
    private int _state;

    public SubmitContent(byte[] body, MediaTypeHeaderValue mediaType, Func<bool> mayStillSend)
    {
        _body = body;
        _mayStillSend = mayStillSend;
        Headers.ContentType = mediaType;
    }

    /// <summary>Returns how far the call came. A body that has not been started can never be started afterwards.</summary>
    public SendState Close() => Interlocked.CompareExchange(ref _state, Abandoned, Fresh) switch
    {
        Begun => SendState.Started,
        Refused => SendState.Forbidden,
        _ => SendState.NotStarted,
    };

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var next = _mayStillSend() ? Begun : Refused;
        if (Interlocked.CompareExchange(ref _state, next, Fresh) != Fresh || next == Refused)
        {
            throw new InvalidOperationException("This body may not be sent, or not again.");
        }

        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
