using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Notices;

/// <summary>The notices' part of payments' traces: only of notices about a known payment, until its book has answered.</summary>
internal static class NoticeSpans
{
    public static void NoticeHeard(
        this PaymentSpans spans, ChannelId channel, ChannelNotice notice, BookAnswer answer, TimeSpan took)
    {
        if (spans.IsOn && answer is BookAnswer.Heard { Fate: not NoticeFate.UnknownOrder and var fate }
            && PaymentId.ParseAttempt(notice.OrderNo) is var (payment, no))
        {
            spans.Record(
                payment, SpanName.Notice, took, isTelling: false, null,
                SpanTag.Of("router.channel", channel.Value), SpanTag.Of("router.attempt", no),
                SpanTag.Of("router.class", notice.Outcome.Class.Name()), SpanTag.Of("router.code", notice.Outcome.Code),
                SpanTag.Of("router.fate", fate.Name()));
        }
    }
}
