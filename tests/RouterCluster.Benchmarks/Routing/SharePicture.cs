using System.Globalization;
using System.Text;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>The share of X over time, one line for each policy, as SVG.</summary>
internal static class SharePicture
{
    private const int Width = 900;
    private const int Height = 300;
    private const int Margin = 40;
    private static readonly string[] Colours = ["#c00", "#999", "#bbb", "#06c", "#39f", "#393", "#e80"];

    public static string Draw(string title, IReadOnlyList<(string Policy, double[] Shares)> lines)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height + (2 * Margin)}"
              font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <text x="{Margin}" y="20">Share of the best channel: {title}</text>

            """);
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var (policy, shares) = lines[i];
            var points = shares.Select((share, at) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Margin + (at * (double)(Width - (2 * Margin)) / shares.Length):0.0},{Margin + ((1 - share) * Height):0.0}"));
            var colour = Colours[i % Colours.Length];
            svg.Append(CultureInfo.InvariantCulture, $"""
                <polyline fill="none" stroke="{colour}" stroke-width="{(i == 0 ? 2 : 1)}" points="{string.Join(' ', points)}"/>
                <text x="{Margin + (i * 120)}" y="{Height + Margin + 25}" fill="{colour}">{policy}</text>

                """);
        }

        return svg.Append("</svg>\n").ToString();
    }
}
