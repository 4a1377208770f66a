namespace RouterCluster.Cli;

/// <summary>
/// What the tool sees of its process. <paramref name="Output"/> and <paramref name="RawOutput"/> are the same place:
/// tables are text, bodies are bytes that no encoding may touch.
/// </summary>
public sealed record Surroundings(
    TextWriter Output,
    Stream RawOutput,
    TextWriter Error,
    Func<string, string?> Variable)
{
    private const int ColumnsWithoutTerminal = 120;

    /// <summary>Whether a person looks at the output, so that colours help.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether a person looks at standard error, so that progress can be drawn over itself.</summary>
    public bool IsErrorTerminal { get; init; }

    public int Width { get; init; } = ColumnsWithoutTerminal;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public static Surroundings OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new Surroundings(
            Console.Out, Console.OpenStandardOutput(), Console.Error, Environment.GetEnvironmentVariable)
        {
            IsTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            // Some terminals say 0.
            Width = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : ColumnsWithoutTerminal,
        };
    }
}
