using Akka.Configuration;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Compensates for two faults of the HOCON parser: it names a position at most, and it rejects a comma between two
/// sections (<c>a { … }, b { … }</c>), which HOCON allows.
/// </summary>
internal static class HoconFault
{
    /// <summary>
    /// Replaces each comma between a section and the next key by a line break, which means the same. Commas in lists
    /// stay.
    /// </summary>
    public static string WithoutCommasBehindSections(string text)
    {
        var letters = text.ToCharArray();
        var open = new Stack<char>();
        var isBehindSection = false;
        foreach (var (at, letter, _) in HoconMark.In(text).Where(mark => mark.Letter != '\n'))
        {
            switch (letter)
            {
                case '{' or '[':
                    open.Push(letter);
                    break;
                case '}' or ']':
                    open.TryPop(out _);
                    break;
                case ',' when isBehindSection && !(open.TryPeek(out var around) && around == '['):
                    letters[at] = '\n';
                    break;
            }

            isBehindSection = letter == '}';
        }

        return new string(letters);
    }

    /// <summary>The line from which on parsing always fails.</summary>
    public static int LineOf(string text, Action<string> parse)
    {
        var lines = text.Split('\n');
        for (var count = lines.Length - 1; count > 0; count--)
        {
            if (IsReadable(string.Join('\n', lines.Take(count)), parse))
            {
                return count + 1;
            }
        }

        return 1;
    }

    /// <summary>The parser has no exception of its own and throws these.</summary>
    public static bool IsParsers(Exception exception) => exception
        is ConfigurationException or FormatException or NotSupportedException or ArgumentException or InvalidOperationException;

    private static bool IsReadable(string text, Action<string> parse)
    {
        try
        {
            parse(text);
            return true;
        }
        catch (Exception exception) when (IsParsers(exception))
        {
            return false;
        }
    }
}
