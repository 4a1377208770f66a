using System.Globalization;
using System.Security;
using System.Text;
using RouterCluster.Replay;

namespace RouterCluster.Cli.Replay;

/// <summary>An SVG of each policy's traffic shares and all policies' success over time, without scripts or fonts.</summary>
internal static class ReplayPicture
{
    private const int Left = 130;
    private const int Width = 760;
    private const int Height = 90;
    private const int Gap = 26;
    private const int Legend = 170;

    private static readonly string[] Palette =
    [
        "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#994455", "#997700", "#6699cc",
        "#004488", "#ddaa33",
    ];

    public static string Draw(ReplayReport report)
    {
        var rows = report.Routers.Count + 2;
        var svg = new StringBuilder();
        var (width, height) = (Left + Width + Legend, (rows * (Height + Gap)) + Gap);
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" "));
        svg.Append("font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        var top = Gap;
        foreach (var router in report.Routers)
        {
            DrawShares(svg, router, report.Channels.Count, top);
            top += Height + Gap;
        }

        DrawSuccess(svg, report.Routers, top);
        DrawLegend(svg, report);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawShares(StringBuilder svg, RouterResult router, int channels, int top)
    {
        Text(svg, 8, top + (Height / 2), router.Name);
        var (bins, lower) = (router.Bins, new double[router.Bins.Count]);
        for (var channel = 0; channel < channels; channel++)
        {
            var upper = lower.Select((below, bin) => below + bins.Share(bin, channel)).ToArray();
            var points = upper.Select((share, bin) => (bin, share))
                .Concat(lower.Select((share, bin) => (bin, share)).Reverse())
                .Select(point => Point(point.bin, point.share, bins.Count, top));
            svg.Append(Invariant($"<polygon fill=\"{Colour(channel)}\" points=\"{string.Join(' ', points)}\"/>\n"));
            lower = upper;
        }

        Frame(svg, top, Height);
    }

    private static void DrawSuccess(StringBuilder svg, IReadOnlyList<RouterResult> routers, int top)
    {
        Text(svg, 8, top + Height, "success");
        var values = routers.SelectMany(router => Enumerable.Range(0, router.Bins.Count).Select(router.Bins.Success)).ToArray();
        var lowest = Math.Min(0.99, values.Min() ?? 0);
        foreach (var (router, place) in routers.Select((router, place) => (router, place)))
        {
            var points = Enumerable.Range(0, router.Bins.Count)
                .Where(bin => router.Bins.Success(bin) is not null)
                .Select(bin => (bin, height: (router.Bins.Success(bin)!.Value - lowest) / (1 - lowest)))
                .Select(point => Point(point.bin, 2 * point.height, router.Bins.Count, top + Height));
            svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{Colour(place)}\" stroke-width=\"1.5\" "));
            svg.Append(Invariant($"points=\"{string.Join(' ', points)}\"/>\n"));
            Text(svg, Left + Width + 24, top + 12 + (place * 18), router.Name);
            Swatch(svg, Left + Width + 8, top + 3 + (place * 18), place);
        }

        Frame(svg, top, 2 * Height);
        Text(svg, Left - 44, top + 10, "100%");
        Text(svg, Left - 44, top + (2 * Height), Invariant($"{lowest * 100:0.0}%"));
    }

    private static void DrawLegend(StringBuilder svg, ReplayReport report)
    {
        var room = report.Routers.Count * (Height + Gap) / 18;
        foreach (var (name, channel) in report.Channels.Take(room).Select((name, channel) => (name, channel)))
        {
            Swatch(svg, Left + Width + 8, Gap + (channel * 18), channel);
            Text(svg, Left + Width + 24, Gap + 9 + (channel * 18), name);
        }
    }

    private static string Point(int bin, double share, int bins, int top)
    {
        var x = Left + (bins > 1 ? bin * (double)Width / (bins - 1) : 0);
        return Invariant($"{x:0.#},{top + Height - (share * Height):0.#}");
    }

    private static void Frame(StringBuilder svg, int top, int height) => svg.Append(Invariant(
        $"<rect x=\"{Left}\" y=\"{top}\" width=\"{Width}\" height=\"{height}\" fill=\"none\" stroke=\"#888888\"/>\n"));

    private static void Swatch(StringBuilder svg, int x, int y, int colour) => svg.Append(Invariant(
        $"<rect x=\"{x}\" y=\"{y}\" width=\"10\" height=\"10\" fill=\"{Colour(colour)}\"/>\n"));

    private static void Text(StringBuilder svg, int x, int y, string text) => svg.Append(Invariant(
        $"<text x=\"{x}\" y=\"{y}\">{SecurityElement.Escape(text)}</text>\n"));

    private static string Colour(int place) => Palette[place % Palette.Length];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
