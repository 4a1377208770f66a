using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>What came to a channel's notification address, before anybody has vouched for it.</summary>
/// <param name="Header">A header's value by name; null where it is missing or repeated.</param>
/// <param name="Body">Raw: what is signed is bytes, not what they mean.</param>
public sealed record NoticeCall(Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    public override string ToString() => $"notice of {Body.Length} bytes";
}

/// <summary>What a protocol makes of a notice.</summary>
public abstract record NoticeReading
{
    private NoticeReading()
    {
    }

    /// <summary>Nobody vouches for it: a wrong signature, or one of another time. Nothing of it may be used.</summary>
    public sealed record Forged(string Code) : NoticeReading;

    /// <summary>The channel vouches for it, and it cannot be understood.</summary>
    public sealed record Unreadable(string Code) : NoticeReading;

    public sealed record Told(ChannelNotice Notice) : NoticeReading;
}

/// <summary>A verified notice.</summary>
/// <param name="OrderNo">The number as the channel wrote it; it may be of no order of ours.</param>
/// <param name="Amount">What the channel says the order is about.</param>
/// <param name="Outcome">As a query's answer: where it does not speak, its code says why.</param>
public sealed record ChannelNotice(string OrderNo, Money Amount, Outcome Outcome);
