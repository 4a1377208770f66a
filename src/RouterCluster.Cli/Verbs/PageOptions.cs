using System.CommandLine;
using System.Globalization;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Verbs;

/// <summary>Which page of a list, and how long.</summary>
internal sealed class PageOptions
{
    private readonly Option<string?> _cursor = new("--cursor")
    {
        Description = "Start where an earlier page ended: the cursor that it printed last.",
        HelpName = "cursor",
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "How many rows at most.", HelpName = "number" };

    public void AddTo(Command command)
    {
        command.Add(_cursor);
        command.Add(_limit);
    }

    public string Path(ParseResult parsed, string list)
    {
        string?[] parts =
        [
            parsed.GetValue(_cursor) is { } cursor ? $"cursor={Uri.EscapeDataString(cursor)}" : null,
            parsed.GetValue(_limit) is { } limit ? $"limit={limit.ToString(CultureInfo.InvariantCulture)}" : null,
        ];
        var query = string.Join('&', parts.OfType<string>());
        return query.Length == 0 ? list : $"{list}?{query}";
    }

    public static void ShowNext(IAnsiConsole screen, string? next)
    {
        if (next is not null)
        {
            screen.Say($"There are more: --cursor {next}");
        }
    }
}
