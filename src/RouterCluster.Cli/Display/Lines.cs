using Spectre.Console.Rendering;

namespace RouterCluster.Cli.Display;

/// <summary>Lines that are laid out already: written as they are, where the library would break what is too long.</summary>
internal sealed class Lines(IEnumerable<Segment[]> lines) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        lines.SelectMany(line => line.Append(Segment.LineBreak));
}
