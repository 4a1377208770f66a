using System.Globalization;

namespace RouterCluster.Cli;

/// <summary>
/// The process around the tool. <paramref name="Output"/> (text) and <paramref name="RawOutput"/> (bytes that no encoding
/// may change) are the same stream.
/// </summary>
public sealed record CliEnvironment(
    TextWriter Output,
    Stream RawOutput,
    TextWriter Error,
    Func<string, string?> Variable)
{
    /// <summary>Of a pipe or a file: programs cannot read wrapped lines.</summary>
    public const int Unlimited = 1_000_000;

    /// <summary>Of a terminal that does not report its width.</summary>
    private const int UsualColumns = 80;

    /// <summary>A terminal shows the output, so that colours help.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>A terminal shows standard error, so that progress can be drawn over itself.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Width of a line in cells.</summary>
    public int Width { get; init; } = Unlimited;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public static CliEnvironment OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new CliEnvironment(
            Console.Out, Console.OpenStandardOutput(), Console.Error, Environment.GetEnvironmentVariable)
        {
            IsTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = isTerminal ? Columns(Environment.GetEnvironmentVariable("COLUMNS"), Console.WindowWidth) : Unlimited,
        };
    }

    /// <summary>COLUMNS, if set, is the user's wish. Some terminals report 0.</summary>
    internal static int Columns(string? wanted, int terminal)
    {
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0)
        {
            return columns;
        }

        return terminal > 0 ? terminal : UsualColumns;
    }
}
