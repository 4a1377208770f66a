using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterCluster.Cli.Display;

/// <summary>Running text, wrapped between words.</summary>
internal static class Sentences
{
    public static void Say(this IAnsiConsole screen, string text, Style? style = null) => screen.Write(new Lines(
        WordWrap.Of(SafeText.Of(text), screen.Profile.Width)
            .Select(line => (Segment[])[new Segment(line, style ?? Style.Plain)])));

    /// <summary>The end of what --dry-run shows.</summary>
    public static void SayNothingChanged(this IAnsiConsole screen) => screen.Say("Nothing was changed (--dry-run).");

    public static void Heading(this IAnsiConsole screen, string text)
    {
        screen.Say("");
        screen.Say(text, new Style(decoration: Decoration.Bold));
    }
}
