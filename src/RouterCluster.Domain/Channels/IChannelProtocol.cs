using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// One payment company's wire format. A call ends as an outcome, never as an exception: cancellation of
/// <c>timeout</c> ends it as not sent (no byte of the order left) or unknown.
/// </summary>
public interface IChannelProtocol
{
    /// <summary>Sends the order once; no layer below may send it again.</summary>
    Task<CallEnd> SubmitAsync(SubmitCall call, CancellationToken timeout);

    /// <summary>
    /// Asks for an order's state. Only a verified answer about this very order (number, amount, currency) speaks of it;
    /// whatever else happens is <see cref="OutcomeClass.Unknown"/>, or <see cref="OutcomeClass.ChannelThrottled"/> with
    /// <see cref="Landing.Maybe"/>: the query was refused, the order is as it was.
    /// </summary>
    Task<CallEnd> QueryAsync(QueryCall call, CancellationToken timeout);

    /// <summary>
    /// Reads a notice: verified over its raw bytes and within the time window first, understood after that. Says nothing
    /// of whether the order is ours: that its book knows. Calls nobody.
    /// </summary>
    NoticeReading ReadNotice(NoticeCall call);
}

/// <summary>An order as it goes to a channel.</summary>
/// <param name="OrderNo">Our number of this attempt.</param>
/// <param name="MayStillSend">Asked last thing before bytes leave; on false nothing is sent (<see cref="Landing.NotSent"/>).</param>
public sealed record SubmitCall(
    string OrderNo, Product Product, Money Amount, AccountDetails Account, string? NotifyUrl, Func<bool> MayStillSend)
{
    /// <summary>The code of an order that was not sent because it no longer might be: says nothing of the channel.</summary>
    public const string Forbidden = "send_forbidden";
}

/// <summary>Our own codes that all protocols share.</summary>
public static class CallCodes
{
    /// <summary>No connection came about, so that no byte of the call left.</summary>
    public const string NotConnected = "not_connected";
}

/// <summary>A question about an order, with what its answer must match.</summary>
public sealed record QueryCall(string OrderNo, Product Product, Money Amount);

/// <summary>How a call ended.</summary>
/// <param name="ConnectionMayLinger">We gave up waiting: the channel may still be busy with the call for a moment.</param>
public readonly record struct CallEnd(Outcome Outcome, bool ConnectionMayLinger = false)
{
    /// <summary>Until when the channel says, in a verified answer to a submit, that it takes no orders.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>How long the channel asks to be left alone, in a refusal of the call as one too many.</summary>
    public TimeSpan? Pause { get; init; }
}
