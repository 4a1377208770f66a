using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Notices;

/// <summary>What a verified notice says, looked at before it goes to a book or into a table.</summary>
internal static class NoticeTexts
{
    /// <summary>
    /// Storage would refuse a NUL for ever, and no number, code or currency has control characters. The text for people is
    /// not looked at: the protocol has already cleaned it.
    /// </summary>
    public static bool IsStorable(this ChannelNotice notice) =>
        IsPlain(notice.OrderNo) && IsPlain(notice.Amount.Currency.Value) && IsPlain(notice.Outcome.Code)
        && IsPlain(notice.Outcome.ChannelOrderNo);

    private static bool IsPlain(string? text) => text is null || !text.Any(char.IsControl);
}
