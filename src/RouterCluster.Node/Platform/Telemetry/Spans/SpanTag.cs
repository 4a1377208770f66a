using System.Runtime.CompilerServices;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>A word, a number or a flag that a span tells. It becomes an object only when the span is exported.</summary>
public readonly record struct SpanTag
{
    private const int LongestText = 64;

    private static readonly object IsNumber = new();
    private static readonly object IsFlag = new();

    private readonly object? _textOrKind;
    private readonly long _number;

    private SpanTag(string name, object? textOrKind, long number = 0) =>
        (Name, _textOrKind, _number) = (name, textOrKind, number);

    /// <summary>Null: there is no tag.</summary>
    public string? Name { get; }

    public object? Value => ReferenceEquals(_textOrKind, IsFlag) ? _number != 0 : TextOrNumber;

    private object? TextOrNumber => ReferenceEquals(_textOrKind, IsNumber) ? _number : _textOrKind;

    /// <summary>Texts of others are cut.</summary>
    public static SpanTag Of(string name, string? text) => new(name, text?.Length > LongestText ? text[..LongestText] : text);

    public static SpanTag Of(string name, long? number) => number is { } one ? new(name, IsNumber, one) : new(name, null);

    public static SpanTag Of(string name, bool flag) => new(name, IsFlag, flag ? 1 : 0);
}

/// <summary>Few tags, in their order, held in the span itself.</summary>
[InlineArray(Most)]
public struct SpanTags : IEquatable<SpanTags>
{
    public const int Most = 7;

    private SpanTag _first;

    public static SpanTags Of(params ReadOnlySpan<SpanTag> tags)
    {
        var all = default(SpanTags);
        tags.CopyTo(all);
        return all;
    }

    public static bool operator ==(SpanTags left, SpanTags right) => left.Equals(right);

    public static bool operator !=(SpanTags left, SpanTags right) => !left.Equals(right);

    public readonly bool Equals(SpanTags other) => ((ReadOnlySpan<SpanTag>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is SpanTags other && Equals(other);

    public override readonly int GetHashCode() => _first.GetHashCode();
}
