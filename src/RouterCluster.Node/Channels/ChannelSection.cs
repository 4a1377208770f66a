using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

internal static partial class ChannelSection
{
    private const double FastestRate = 1_000_000;

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    private static readonly (string, Product)[] Products =
        [.. ProductNames.All.Select(name => (name, ProductNames.Parse(name)!.Value))];

    public static ImmutableArray<ChannelSettings> ReadChannels(SettingReader router, IReadOnlyCollection<string> protocols)
    {
        var maintenanceDefaults = router.Section("maintenance-defaults");
        var channels = router.Named("channels", router.Section("channel-defaults"));
        return [.. channels.Select(row => Read(row.Name, row.Reader, protocols, maintenanceDefaults))];
    }

    private static ChannelSettings Read(
        string name, SettingReader channel, IReadOnlyCollection<string> protocols, SettingReader maintenanceDefaults)
    {
        if (!Name().IsMatch(name))
        {
            channel.Log.Wrong(channel.Path, name, "a channel named with 1-32 letters, digits, - and _");
        }

        var breaker = ReadBreaker(channel.Section("breaker"));
        var queries = channel.Section("query");
        var pause = channel.Duration("longest-pause", TimeSpan.Zero, LongestPause);
        var closing = channel.Duration("longest-maintenance", TimeSpan.Zero, LongestPause);
        var submit = ReadLane(channel.Section("submit"), breaker) with { LongestPause = pause, LongestClosing = closing };
        var query = ReadLane(queries, breaker) with { LongestPause = pause };
        var fee = channel.Section("fee");
        return new ChannelSettings(
            Id: ChannelId.Unchecked(name),
            Protocol: channel.Choice("protocol", [.. protocols.Select(protocol => (protocol, protocol))]) ?? "",
            BaseUrl: channel.Value<string>("base-url", "an http(s) URL", SettingValues.Url) ?? "",
            MerchantId: channel.Text("merchant-id"),
            Secrets: channel.AtLeastOne<Secret>("secret", "any text, or a list of such", SettingValues.AnySecret),
            Terms: ReadTerms(channel),
            Fee: new FeeSettings(fee.Int("basis-points", 0, 10_000), fee.Long("fixed", 0, long.MaxValue)),
            Weight: channel.Positive("weight", 1000),
            Submit: submit,
            Query: query,
            QueryPolicy: ReadQueryPolicy(queries, submit, query),
            Notify: new NotifySettings(
                channel.AnyNetworks("notify-allowed-ips"),
                channel.Positive("notify-rate-per-second", FastestRate),
                channel.Int("notify-in-flight", 1, 100_000)))
        {
            Maintenance = MaintenanceSection.Read(channel, maintenanceDefaults),
            Retired = channel.Switch("retired"),
            LongestMaintenance = closing,
        };
    }

    private static ChannelTerms ReadTerms(SettingReader channel)
    {
        var min = channel.Long("min-amount", 1, long.MaxValue);
        var max = channel.Long("max-amount", 1, long.MaxValue);
        if (min > max && max > 0)
        {
            channel.Wrong("min-amount", $"{min}", $"at most max-amount, which is {max}");
        }

        return new ChannelTerms(
            Products: NotEmpty(channel, "products", SettingValues.Names(Products), SettingValues.OneOf(Products)),
            Banks: NotEmpty(
                channel, "banks", "* or bank codes of 2-16 capital letters and digits", SettingValues.Matching(Bank())),
            MinAmount: min,
            MaxAmount: max,
            Currencies: NotEmpty<Currency>(channel, "currency", "a currency of ISO 4217 in capital letters", TryCurrency),
            Mode: channel.Choice("mode", SettingValues.Modes));
    }

    private static ImmutableHashSet<T> NotEmpty<T>(SettingReader channel, string key, string allowed, Parse<T> parse) =>
        [.. channel.List(key, allowed, parse, mayBeEmpty: false)];

    private static bool TryCurrency(string text, out Currency value)
    {
        value = Currency.Unchecked(text);
        return CurrencyCodes.Exists(text);
    }

    private static LaneSettings ReadLane(SettingReader lane, BreakerSettings breaker) => new(
        Concurrency: lane.Int("concurrency", 1, 100_000),
        RatePerSecond: lane.Positive("rate-per-second", FastestRate),
        Queue: lane.Int("queue", 1, 1_000_000),
        QueueDeadline: lane.Duration("queue-deadline", Instant, LongestCall),
        Timeout: lane.Duration("timeout", Instant, LongestCall),
        Linger: lane.Duration("linger", TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        Breaker: breaker);

    private static BreakerSettings ReadBreaker(SettingReader breaker) => new(
        FailureRatio: breaker.Positive("failure-ratio", 1),
        MinimumCalls: breaker.Int("minimum-calls", 1, 1_000_000),
        Window: breaker.Duration("window", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        OpenFor: breaker.Duration("open-for", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        Probes: breaker.Int("probes", 1, 1000));

    private static QueryPolicy ReadQueryPolicy(SettingReader queries, LaneSettings submit, LaneSettings query)
    {
        var pause = SettingValues.DurationWords(Instant, LongestPause);
        var schedule = queries.List("schedule", pause, SettingValues.Span(Instant, LongestPause), mayBeEmpty: false);
        return new QueryPolicy(
            SubmitQueueDeadline: submit.QueueDeadline,
            SubmitTimeout: submit.Timeout,
            QueryTimeout: query.QueueDeadline + query.Timeout,
            Schedule: schedule,
            NotFoundIsFinalAfter: queries.Duration("not-found-is-final-after", Instant, TimeSpan.FromDays(30)),
            NotFoundAgreeing: queries.Int("not-found-agreeing", 1, 100),
            QueryCredit: queries.Int("credit", 1, 100_000));
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\*|[A-Z0-9]{2,16})\z")]
    private static partial Regex Bank();
}
