using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>A request to a channel's notification address, not verified yet.</summary>
/// <param name="Header">Null where the header is missing or repeated.</param>
/// <param name="Body">Raw, since the signature covers bytes and not their meaning.</param>
public sealed record NoticeCall(Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    public override string ToString() => $"notice of {Body.Length} bytes";
}

public abstract record NoticeReading
{
    private NoticeReading()
    {
    }

    /// <summary>The signature is wrong or outside the time window. Nothing of the notice may be used.</summary>
    public sealed record Forged(string Code) : NoticeReading;

    /// <summary>The signature is right, but the content cannot be understood.</summary>
    public sealed record Unreadable(string Code) : NoticeReading;

    public sealed record Told(ChannelNotice Notice) : NoticeReading;
}

/// <param name="OrderNo">The number as the channel wrote it; it may not be one of our orders.</param>
/// <param name="Outcome">Like a query's outcome. If it is no evidence, its code says why.</param>
public sealed record ChannelNotice(string OrderNo, Money Amount, Outcome Outcome);
