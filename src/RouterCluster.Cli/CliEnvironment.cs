using System.Globalization;
using System.Text;

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

    /// <summary>Answers to questions.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Somebody sits there who can answer.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Asks for a text that is not shown; null: none was given.</summary>
    public Func<string, string?> ReadSecret { get; init; } = _ => null;

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
            Input = Console.In,
            IsInputTerminal = !Console.IsInputRedirected,
            ReadSecret = ReadHidden,
            Width = isTerminal ? Columns(Environment.GetEnvironmentVariable("COLUMNS"), Console.WindowWidth) : Unlimited,
        };
    }

    private static string? ReadHidden(string question)
    {
        Console.Error.Write(question);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.Length == 0 ? null : text.ToString();
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
