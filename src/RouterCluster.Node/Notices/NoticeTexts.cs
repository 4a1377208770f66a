using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Notices;

internal static class NoticeTexts
{
    /// <summary>
    /// PostgreSQL would refuse a NUL for ever, and no number, code or currency has control characters. The protocol has
    /// already cleaned the text for people.
    /// </summary>
    public static bool IsStorable(this ChannelNotice notice) =>
        IsPlain(notice.OrderNo) && IsPlain(notice.Amount.Currency.Value) && IsPlain(notice.Outcome.Code)
        && IsPlain(notice.Outcome.ChannelOrderNo);

    private static bool IsPlain(string? text) => text is null || !text.Any(char.IsControl);
}
