using Spectre.Console.Rendering;

namespace RouterCluster.Cli.Display;

/// <summary>Lines with a final layout; the library's own text would break long ones.</summary>
internal sealed class Lines(IEnumerable<Segment[]> lines) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        lines.SelectMany(line => line.Append(Segment.LineBreak));
}
