using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Settings;

internal static partial class SettingValues
{
    public const string Networks = "an address or a network such as 10.1.0.0/16 (no bits set behind the prefix)";

    private const string Unlimited = "unlimited";
    private const string Anywhere = "*";

    public static readonly (string, ChannelMode)[] Modes = [("sandbox", ChannelMode.Sandbox), ("live", ChannelMode.Live)];

    private static readonly ImmutableArray<IPNetwork> Everywhere = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public static int Int(this SettingReader reader, string key, int min, int max) =>
        (int)reader.Long(key, min, max);

    public static long Long(this SettingReader reader, string key, long min, long max) =>
        reader.Value(key, $"a whole number from {min} to {max}", WholeNumber(min, max));

    public static double Positive(this SettingReader reader, string key, double max) =>
        reader.Value(key, Invariant($"a number above 0 up to {max}"), PositiveNumber(max));

    public static double UpTo(this SettingReader reader, string key, double max) =>
        reader.Value(key, Invariant($"a number from 0 to {max}"), (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value <= max);

    public static double? PositiveOrUnlimited(this SettingReader reader, string key, double max) =>
        reader.Value(key, Invariant($"unlimited or a number above 0 up to {max}"), OrUnlimited(PositiveNumber(max)));

    public static long? LongOrUnlimited(this SettingReader reader, string key, long max) =>
        reader.Value(key, $"unlimited or a whole number from 1 to {max}", OrUnlimited(WholeNumber(1, max)));

    public static TimeSpan Duration(this SettingReader reader, string key, TimeSpan min, TimeSpan max) =>
        reader.Value(key, DurationWords(min, max), Span(min, max));

    public static string DurationWords(TimeSpan min, TimeSpan max) =>
        $"a duration from {Show(min)} to {Show(max)} (ms, s, m, h, d)";

    public static Parse<TimeSpan> Span(TimeSpan min, TimeSpan max) => (string text, out TimeSpan value) =>
    {
        value = default;
        var match = DurationPattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var unit = Units.First(row => row.Unit == match.Groups["unit"].Value).Length;
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

        // A TimeSpan would overflow on a number far beyond the limit.
        if (number * unit.TotalDays > TimeSpan.MaxValue.TotalDays / 2)
        {
            return false;
        }

        value = number * unit;
        return value >= min && value <= max;
    };

    public static bool Switch(this SettingReader reader, string key) =>
        reader.Choice(key, ("on", true), ("off", false), ("true", true), ("false", false));

    public static T Choice<T>(this SettingReader reader, string key, params (string Name, T Value)[] choices) =>
        reader.Value(key, Names(choices), OneOf(choices));

    public static string Names<T>(params (string Name, T Value)[] choices) =>
        string.Join(" | ", choices.Select(choice => choice.Name));

    public static Parse<T> OneOf<T>(params (string Name, T Value)[] choices) => (string text, out T value) =>
    {
        var found = choices.Where(choice => choice.Name == text).ToArray();
        value = found.Length > 0 ? found[0].Value : default!;
        return found.Length > 0;
    };

    public static string Text(this SettingReader reader, string key) =>
        reader.Value<string>(key, "any text", AnyText) ?? "";

    public static Secret? OptionalSecret(this SettingReader reader, string key) =>
        reader.Optional<Secret>(key, "any text", AnySecret);

    public static bool AnySecret(string text, out Secret value)
    {
        value = new Secret(text);
        return text.Trim().Length > 0;
    }

    public static Parse<string> Matching(Regex pattern) => (string text, out string value) =>
    {
        value = text;
        return pattern.IsMatch(text);
    };

    public static bool AnyText(string text, out string value)
    {
        value = text;
        return text.Trim().Length > 0;
    }

    /// <summary>Absolute http(s), no user, query or fragment; kept without a slash at the end.</summary>
    public static bool Url(string text, out string value)
    {
        value = text.TrimEnd('/');
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { UserInfo: "", Query: "", Fragment: "" } && uri.Host.Length > 0;
    }

    /// <summary>Absolute http(s), kept unchanged: every letter of another party's URL may count.</summary>
    public static bool Address(string text, out string value)
    {
        value = text;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { UserInfo: "", Fragment: "" } && uri.Host.Length > 0;
    }

    /// <summary>A URL without path, to listen on.</summary>
    public static bool Listener(string text, out string value) =>
        Url(text, out value) && new Uri(value).AbsolutePath == "/";

    /// <summary>A network in CIDR form, or a single address.</summary>
    public static bool Network(string text, out IPNetwork value)
    {
        if (text.Contains('/'))
        {
            // The parser drops bits behind the prefix, which are most likely a mistake.
            return IPNetwork.TryParse(text, out value)
                && IPAddress.TryParse(text[..text.IndexOf('/')], out var first) && first.Equals(value.BaseAddress);
        }

        value = default;
        if (!IPAddress.TryParse(text, out var address) || !AddressPattern().IsMatch(text))
        {
            return false;
        }

        value = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    public static ImmutableArray<IPNetwork> AnyNetworks(this SettingReader section, string key)
    {
        var networks = section.List<ImmutableArray<IPNetwork>>(key, $"{Anywhere} or {Networks}", AnyNetwork);
        return [.. networks.Where(set => !set.IsDefault).SelectMany(set => set)];
    }

    /// <summary>The names are compared with the configured channels when all settings are read.</summary>
    public static ImmutableArray<ChannelId> Channels(this SettingReader section, string key) =>
    [
        .. section.List<string>(key, "a channel's name", AnyText)
            .Where(name => name is not null).Select(name => ChannelId.Unchecked(name)),
    ];

    public static string Show(TimeSpan span)
    {
        var (unit, length) = Units.First(row => row.Unit == "ms" || (span.Ticks != 0 && span.Ticks % row.Length.Ticks == 0));
        return Invariant($"{span / length}{unit}");
    }

    private static bool AnyNetwork(string text, out ImmutableArray<IPNetwork> value)
    {
        var isNetwork = Network(text, out var network);
        value = text == Anywhere ? Everywhere : [network];
        return text == Anywhere || isNetwork;
    }

    private static Parse<long> WholeNumber(long min, long max) => (string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= min && value <= max;

    private static Parse<double> PositiveNumber(double max) => (string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && value > 0 && value <= max;

    private static Parse<T?> OrUnlimited<T>(Parse<T> parse)
        where T : struct => (string text, out T? value) =>
    {
        value = null;
        if (text == Unlimited)
        {
            return true;
        }

        var isNumber = parse(text, out var number);
        value = number;
        return isNumber;
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"^(?<number>-?\d{1,12}(\.\d{1,9})?) ?(?<unit>ms|s|m|h|d)\z")]
    private static partial Regex DurationPattern();

    // The parser also takes "10" and "0x7f000001" for IPv4 addresses.
    [GeneratedRegex(@":|^\d+\.\d+\.\d+\.\d+\z")]
    private static partial Regex AddressPattern();
}
