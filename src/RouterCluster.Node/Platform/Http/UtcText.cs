using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Times in requests; one without an offset is UTC.</summary>
internal static class UtcText
{
    public const string Says = "must be a time such as 2026-12-01T00:00:00Z";

    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset moment) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
}
