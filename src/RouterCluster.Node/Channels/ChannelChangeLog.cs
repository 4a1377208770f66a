using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels;

internal static partial class ChannelChangeLog
{
    public static void Changed(this ILogger logger, ChannelId channel, ChannelChange change, string? what) =>
        logger.LogChanged(channel.Value, change.By, what ?? "", change.Reason);

    public static void Unanswered(this ILogger logger, ChannelId channel, ChannelChange change) =>
        logger.LogUnanswered(channel.Value, change.By, change.Reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Channel {Channel} changed by {Operator}: {What} ({Reason})")]
    private static partial void LogChanged(this ILogger logger, string channel, string @operator, string what, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} did not answer a change by {Operator} ({Reason})")]
    private static partial void LogUnanswered(this ILogger logger, string channel, string @operator, string reason);
}
