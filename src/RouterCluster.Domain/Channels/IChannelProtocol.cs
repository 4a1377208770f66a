using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// One payment company's wire format. A call ends as an outcome, never as an exception. Cancelling <c>timeout</c> ends it
/// as not sent (no byte of the order left) or as unknown.
/// </summary>
public interface IChannelProtocol
{
    /// <summary>Sends the order once; no layer below may send it again.</summary>
    Task<CallEnd> SubmitAsync(SubmitCall call, CancellationToken timeout);

    /// <summary>
    /// Asks for an order's state. Only a verified answer about this very order (number, amount, currency) is evidence of
    /// it. Every other end is <see cref="OutcomeClass.Unknown"/>, or <see cref="OutcomeClass.ChannelThrottled"/> with <see
    /// cref="Landing.Maybe"/> for a query that was refused.
    /// </summary>
    Task<CallEnd> QueryAsync(QueryCall call, CancellationToken timeout);

    /// <summary>
    /// Reads a notice: first verifies its raw bytes and time window, then parses it. Whether the order is ours only its
    /// book knows. Makes no call.
    /// </summary>
    NoticeReading ReadNotice(NoticeCall call);
}

/// <param name="OrderNo">Our number of this attempt.</param>
/// <param name="MayStillSend">Asked right before bytes leave; on false nothing is sent (<see cref="Landing.NotSent"/>).</param>
public sealed record SubmitCall(
    string OrderNo, Product Product, Money Amount, AccountDetails Account, string? NotifyUrl, Func<bool> MayStillSend)
{
    /// <summary>The code of an order that was stopped right before it was sent: no evidence of the channel's health.</summary>
    public const string Forbidden = "send_forbidden";
}

/// <summary>Our own codes that all protocols share.</summary>
public static class CallCodes
{
    /// <summary>No connection was made, so no byte of the call left.</summary>
    public const string NotConnected = "not_connected";
}

/// <summary>A question about an order, with the values that its answer must match.</summary>
public sealed record QueryCall(string OrderNo, Product Product, Money Amount);

/// <param name="ConnectionMayLinger">The call was given up: the channel may still be busy with it for a moment.</param>
public readonly record struct CallEnd(Outcome Outcome, bool ConnectionMayLinger = false)
{
    /// <summary>The channel takes no orders until then, as a verified answer to a submit announces.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>The pause that the channel asks for when it refuses a call as too many.</summary>
    public TimeSpan? Pause { get; init; }
}
