using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterCluster.Cli.Display;

/// <summary>Labels with values, one below the other. Values are wrapped between words.</summary>
internal sealed class FactList
{
    private const int Between = 2;

    /// <summary>A value with less room beside its label goes below it.</summary>
    private const int LeastRoom = 24;

    private readonly List<(string Label, string Value, Style Style)> _facts = [];

    public FactList Fact(string label, string? value, Style? style = null)
    {
        _facts.Add((label, SafeText.Of(value ?? DisplayText.Nothing), style ?? Style.Plain));
        return this;
    }

    public void Show(IAnsiConsole screen)
    {
        var width = screen.Profile.Width;
        var labels = _facts.Max(fact => fact.Label.GetCellWidth()) + Between;
        screen.Write(new Lines(_facts.SelectMany(fact => Fact(fact.Label, fact.Value, fact.Style, labels, width))));
    }

    private static IEnumerable<Segment[]> Fact(string label, string value, Style style, int labels, int width)
    {
        var room = width - labels;
        var longestWord = WordWrap.LongestWord(value);
        if (longestWord > room && (room < LeastRoom || longestWord <= width - Between))
        {
            return
            [
                [new Segment(label)],
                .. WordWrap.Of(value, width - Between).Select(line => (Segment[])[new Segment("  "), new Segment(line, style)]),
            ];
        }

        return WordWrap.Of(value, room).Select((line, place) => (Segment[])
        [
            new Segment((place == 0 ? label : "").PadRight(labels)), new Segment(line, style),
        ]);
    }
}
