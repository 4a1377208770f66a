using System.Globalization;

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
    /// <summary>Of a pipe or a file: no line is too long for a program, and a wrapped one cannot be read by it.</summary>
    public const int Unlimited = 1_000_000;

    /// <summary>Of a terminal that does not say how wide it is.</summary>
    private const int UsualColumns = 80;

    /// <summary>Whether a person looks at the output, so that colours help.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether a person looks at standard error, so that progress can be drawn over itself.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Into how many cells a line has to fit.</summary>
    public int Width { get; init; } = Unlimited;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public static Surroundings OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new Surroundings(
            Console.Out, Console.OpenStandardOutput(), Console.Error, Environment.GetEnvironmentVariable)
        {
            IsTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = isTerminal ? Columns(Environment.GetEnvironmentVariable("COLUMNS"), Console.WindowWidth) : Unlimited,
        };
    }

    /// <summary>COLUMNS is what the user wants, where it is set. Some terminals say 0.</summary>
    internal static int Columns(string? wanted, int terminal)
    {
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0)
        {
            return columns;
        }

        return terminal > 0 ? terminal : UsualColumns;
    }
}
