using System.Globalization;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>Reads the filter of a list of payments; notes all errors. A filter that no index serves is one.</summary>
internal static class PaymentFilterReader
{
    public const string Newest = "-created_at";
    public const string Oldest = "created_at";
    private const string NeedsIndex =
        "would read every payment: add since, until, channel, merchant or a state other than succeeded";

    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(36_500);

    public static readonly TextRule Code = TextRule.Free(64);

    public static readonly TextRule Bank = TextRule.Letters(1, 12, "A-Z and 0-9", "A-Z0-9", char.IsAsciiLetterOrDigit);

    public static readonly TextRule Moment = new(
        "must be a time such as 2026-12-01T00:00:00Z, or how long ago such as 90s, 10m, 2h or 7d",
        text => TryMoment(text, DateTimeOffset.UnixEpoch, out _));

    public static readonly IReadOnlyList<string> Sorts = [Newest, Oldest];

    public static readonly IReadOnlyList<string> States = [.. Enum.GetValues<PaymentState>().Select(state => state.Name())];

    public static readonly IReadOnlyList<string> Classes = [.. Enum.GetValues<OutcomeClass>().Select(one => one.Name())];

    /// <param name="now">What "ago" is counted from.</param>
    public static PaymentFilter Read(PaymentListQuery query, DateTimeOffset now, FieldErrors errors)
    {
        var filter = new PaymentFilter(
            Word(query.State, "state", Enum.GetValues<PaymentState>(), state => state.Name(), errors),
            Text(query.Channel, "channel", TextRule.Id, errors) is { } channel ? ChannelId.Unchecked(channel) : null,
            Text(query.Merchant, "merchant", TextRule.Id, errors) is { } merchant ? MerchantId.Unchecked(merchant) : null,
            Word(query.Product, "product", Enum.GetValues<Product>(), product => product.Name(), errors),
            Word(query.Class, "class", Enum.GetValues<OutcomeClass>(), one => one.Name(), errors),
            Text(query.Code, "code", Code, errors),
            Text(query.Bank, "bank", Bank, errors),
            Amount(query.MinAmount, "min_amount", errors),
            Amount(query.MaxAmount, "max_amount", errors),
            Time(query.Since, "since", now, errors),
            Time(query.Until, "until", now, errors))
        {
            OldestFirst = Text(query.Sort, "sort", TextRule.OneOf(Sorts), errors) == Oldest,
        };
        if (!errors.Any && !filter.HasIndex)
        {
            foreach (var field in Given(query).DefaultIfEmpty("since"))
            {
                errors.Add(field, NeedsIndex);
            }
        }

        return filter;
    }

    private static IEnumerable<string> Given(PaymentListQuery query)
    {
        (string Field, string? Value)[] unserved =
        [
            ("state", query.State), ("product", query.Product), ("class", query.Class), ("code", query.Code),
            ("bank", query.Bank), ("min_amount", query.MinAmount), ("max_amount", query.MaxAmount),
        ];
        return unserved.Where(one => one.Value is not null).Select(one => one.Field);
    }

    private static string? Text(string? text, string field, TextRule rule, FieldErrors errors)
    {
        if (text is null || rule.Fits(text))
        {
            return text;
        }

        errors.Add(field, rule.WhyNot(text));
        return null;
    }

    private static T? Word<T>(string? text, string field, T[] values, Func<T, string> nameOf, FieldErrors errors)
        where T : struct
    {
        if (Text(text, field, TextRule.OneOf([.. values.Select(nameOf)]), errors) is not { } word)
        {
            return null;
        }

        return values.First(value => nameOf(value) == word);
    }

    private static long? Amount(string? text, string field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor <= PaymentReader.MostMinor)
        {
            return minor;
        }

        errors.Add(field, $"must be whole minor units from 0 to {PaymentReader.MostMinor}");
        return null;
    }

    public static DateTimeOffset? Time(string? text, string field, DateTimeOffset now, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (TryMoment(text, now, out var moment))
        {
            return moment;
        }

        errors.Add(field, Moment.Says);
        return null;
    }

    /// <summary>A time, or how long before <paramref name="now"/>.</summary>
    public static bool TryMoment(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        if (SettingValues.Span(TimeSpan.Zero, LongestAgo)(text, out var ago))
        {
            moment = now.UtcTicks > ago.Ticks ? now - ago : DateTimeOffset.UnixEpoch;
            return true;
        }

        return UtcText.TryParse(text, out moment);
    }
}
