using Microsoft.Extensions.Primitives;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// <c>Prefer: wait=N</c> (<see href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</see>): an unreadable value is
/// ignored, a large one is reduced to the limit, and the first of several counts.
/// </summary>
internal static class WaitPreference
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);
    private const int MostSeconds = 30;
    private const string Wait = "wait";

    public static TimeSpan Read(StringValues headers)
    {
        foreach (var header in headers)
        {
            foreach (var preference in (header ?? "").Split(','))
            {
                if (SecondsOf(preference) is { } seconds)
                {
                    return TimeSpan.FromSeconds(seconds);
                }
            }
        }

        return Default;
    }

    private static int? SecondsOf(ReadOnlySpan<char> preference)
    {
        var end = preference.IndexOf(';');
        var plain = end < 0 ? preference : preference[..end];
        var equals = plain.IndexOf('=');
        if (equals < 0 || !plain[..equals].Trim().Equals(Wait, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var value = plain[(equals + 1)..].Trim();
        value = value is ['"', .. var quoted, '"'] ? quoted : value;
        if (value.IsEmpty || value.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return int.TryParse(value, out var seconds) ? Math.Min(seconds, MostSeconds) : MostSeconds;
    }
}
