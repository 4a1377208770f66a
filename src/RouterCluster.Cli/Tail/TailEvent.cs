using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Tail;

/// <summary>Something that changed.</summary>
/// <param name="At">By the node's clock; of channels, cases and nodes, when the node told of it.</param>
/// <param name="Kind">One of <see cref="TailKinds"/>.</param>
/// <param name="Channel">Null when it is about no channel.</param>
internal sealed record TailEvent(DateTimeOffset At, string Kind, string? Channel, string What)
{
    private const int KindWidth = 8;

    /// <summary>Of an outcome; null: it is none.</summary>
    public string? Class { get; init; }

    public string Line => SafeText.Of(
        $"{DisplayText.Second(At)} UTC  {Kind.PadRight(KindWidth)}  {Channel ?? DisplayText.Nothing}  {What}");
}

internal static class TailKinds
{
    public const string Channel = "channel";
    public const string Alert = "alert";
    public const string Case = "case";
    public const string Operator = "operator";
    public const string Node = "node";
    public const string Storage = "storage";

    /// <summary>What is learnt of attempts, counted; told only to those who ask for it.</summary>
    public const string Outcome = "outcome";

    public static readonly string[] All = [Channel, Alert, Case, Operator, Node, Storage, Outcome];
}
