using System.CommandLine;
using System.Globalization;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Verbs;

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

    public string Path(ParseResult parsed, string list, params (string Name, string? Value)[] filters)
    {
        (string Name, string? Value)[] parts =
        [
            .. filters,
            ("cursor", parsed.GetValue(_cursor)),
            ("limit", parsed.GetValue(_limit)?.ToString(CultureInfo.InvariantCulture)),
        ];
        var query = string.Join('&', parts
            .Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
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
