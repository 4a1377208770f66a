using Akka.Configuration;

namespace RouterCluster.Node.Platform.Settings;

/// <summary>
/// Makes up for what the HOCON parser lacks: it names a position at most, and takes a comma only behind a value, so that
/// <c>a { … }, b { … }</c> on one line, which HOCON allows, is an error to it.
/// </summary>
internal static class HoconFault
{
    /// <summary>
    /// Puts a line break in place of each comma between a section and the next key, which means the same. A comma in a list
    /// stays: there it is between elements.
    /// </summary>
    public static string WithoutCommasBehindSections(string text)
    {
        var letters = text.ToCharArray();
        var open = new Stack<char>();
        var isBehindSection = false;
        foreach (var (at, letter) in HoconBalance.Marks(text))
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

    /// <summary>The line on which parsing fails for the first time and for good.</summary>
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

    /// <summary>The parser has no exception of its own: whatever it says of a text is thrown as one of these.</summary>
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
