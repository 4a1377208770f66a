using System.Net.Sockets;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels;

/// <summary>The exception's own text is left out: it may repeat the account.</summary>
internal static class CallFailure
{
    /// <summary>The outcome depends on how far the body was sent, not on the kind of exception.</summary>
    public static CallEnd OfSubmit(SendState state, Exception exception, CancellationToken timeout) => state switch
    {
        SendState.Started => AfterStart(exception, timeout),
        SendState.Forbidden => new(Outcome.NotSent(OutcomeClass.ChannelUnreachable, SubmitCall.Forbidden)),
        SendState.NotStarted => new(
            Outcome.NotSent(OutcomeClass.ChannelUnreachable, CallCodes.NotConnected, Describe(exception))),
    };

    /// <summary>A failed query is no evidence of its order, whether the query was sent or not.</summary>
    public static CallEnd OfQuery(Exception exception, CancellationToken timeout) =>
        !timeout.IsCancellationRequested && IsConnecting(exception)
            ? new(Outcome.Unknown(CallCodes.NotConnected, Describe(exception)))
            : AfterStart(exception, timeout);

    /// <summary>True: the channel ended the connection. False: we closed it over an answer that is no HTTP.</summary>
    public static bool IsClosedByChannel(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        SocketException => true,
        _ => exception.InnerException is { } inner && IsClosedByChannel(inner),
    };

    private static CallEnd AfterStart(Exception exception, CancellationToken timeout)
    {
        var code = exception is HttpRequestException or IOException ? "connection_lost" : "call_broken";
        code = timeout.IsCancellationRequested ? "timeout" : code;
        var isClosed = !timeout.IsCancellationRequested && IsClosedByChannel(exception);
        return new CallEnd(Outcome.Unknown(code, Describe(exception)), ConnectionMayLinger: !isClosed);
    }

    /// <summary>A connection that takes too long ends as a cancelled task, although nobody cancelled it.</summary>
    private static bool IsConnecting(Exception exception) => exception is OperationCanceledException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError,
    };

    private static string Describe(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }
            ? error.ToString()
            : exception.GetType().Name;
}
