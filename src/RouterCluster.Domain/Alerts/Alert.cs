using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>What an alert is about; at least one part is set, except for alerts about the whole installation.</summary>
public sealed record AlertSubject
{
    public static readonly AlertSubject Installation = new();

    public ChannelId? Channel { get; init; }

    public Product? Product { get; init; }

    public MerchantId? Merchant { get; init; }

    /// <summary>A channel's response code, or our own in lower case.</summary>
    public string? Code { get; init; }

    /// <summary>A node's address, or the name of a target that alerts are sent to.</summary>
    public string? Node { get; init; }

    /// <summary>For ids and logs: <c>channel alpha, product payout</c>.</summary>
    public override string ToString()
    {
        var parts = new[]
        {
            Channel is { } channel ? $"channel {channel}" : null,
            Product is { } product ? $"product {product.Name()}" : null,
            Merchant is { } merchant ? $"merchant {merchant}" : null,
            Code is null ? null : $"code {Code}",
            Node is null ? null : $"node {Node}",
        };
        var named = string.Join(", ", parts.OfType<string>());
        return named.Length == 0 ? "the installation" : named;
    }
}

public sealed record AlertKey(AlertRule Rule, AlertSubject Subject);

/// <summary>A finding that has lasted long enough to be told to people.</summary>
/// <param name="Since">UTC, when it was found first.</param>
/// <param name="Value">In the rule's unit, as last found.</param>
/// <param name="Message">One sentence, with figures and units.</param>
public sealed record Alert(AlertKey Key, DateTimeOffset Since, double Value, double Threshold, string Message)
{
    public const string IdPrefix = "alert_";

    /// <summary>The same on every node, and different for each time that the subject is in trouble.</summary>
    public string Id { get; } = FormattableString.Invariant(
        $"{IdPrefix}{Since.ToUnixTimeMilliseconds():x}{StableHash.Of(Key.Rule.Name(), Key.Subject.ToString()):x16}");

    /// <summary>The alert that explains this one, and that people should look at first.</summary>
    public string? CausedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public AlertMute? Mute { get; init; }

    public AlertRule Rule => Key.Rule;

    public AlertSubject Subject => Key.Subject;

    public bool IsMuted(DateTimeOffset now) => Mute?.Until > now;
}

/// <summary>Until then the alert is shown and not sent.</summary>
public sealed record AlertMute(DateTimeOffset Until, string By, string Reason);
