using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// A call ends as an outcome, never as an exception. Cancelling <c>timeout</c> ends it as not sent (no byte of the order
/// left) or as unknown.
/// </summary>
public interface IChannelProtocol
{
    /// <summary>Sends the order once; no layer below may send it again.</summary>
    Task<CallEnd> SubmitAsync(SubmitCall call, CancellationToken timeout);

    /// <summary>
    /// Only a verified answer about this very order (number, amount, currency) is evidence. Every other end is <see
    /// cref="OutcomeClass.Unknown"/>, or <see cref="OutcomeClass.ChannelThrottled"/> with <see cref="Landing.Maybe"/> for a
    /// query that was refused.
    /// </summary>
    Task<CallEnd> QueryAsync(QueryCall call, CancellationToken timeout);

    /// <summary>First verifies raw bytes and time window, then parses. Whether the order is ours only its book knows.</summary>
    NoticeReading ReadNotice(NoticeCall call);
}

/// <param name="MayStillSend">Asked right before bytes leave; on false nothing is sent (<see cref="Landing.NotSent"/>).</param>
public sealed record SubmitCall(
    string OrderNo, Product Product, Money Amount, AccountDetails Account, string? NotifyUrl, Func<bool> MayStillSend)
{
    /// <summary>The order was stopped right before it was sent: no evidence of the channel's health.</summary>
    public const string Forbidden = "send_forbidden";
}

public static class CallCodes
{
    public const string NotConnected = "not_connected";
}

public sealed record QueryCall(string OrderNo, Product Product, Money Amount);

/// <param name="ConnectionMayLinger">The channel may still be busy with a call that was given up.</param>
public readonly record struct CallEnd(Outcome Outcome, bool ConnectionMayLinger = false)
{
    /// <summary>As a verified answer to a submit announces.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>As the channel asks for when it refuses a call as too many.</summary>
    public TimeSpan? Pause { get; init; }
}
