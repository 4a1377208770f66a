using System.Text.Json;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

/// <summary>
/// Reads operators' changes. A reason may be left out but not be blank. In a patch null takes an override back, and a
/// missing field changes nothing.
/// </summary>
internal static class ChannelChangeReader
{
    public const int MostConcurrency = 10_000;
    public const double MostRate = 100_000;
    public const double MostWeight = 1_000;
    private const int LongestReason = 500;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly string[] ReasonNames = ["reason"];
    private static readonly string[] TimedNames = ["reason", "for"];
    private static readonly string[] PatchNames = ["submit", "query", "weight", "isolated", "reason", "for"];
    private static readonly string[] LaneNames = ["concurrency", "rate_per_second"];

    public static readonly TextRule Reason = new(
        $"must be 1 to {LongestReason} characters, not all of them blank",
        text => TextRule.IsAtMost(text, LongestReason) && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
    {
        Shape = TextRule.Free(LongestReason).Shape with { Pattern = OneLinePattern },
        Names = TextRule.NameOfControl,
    };

    public static readonly TextRule For = new(
        $"must be {SettingValues.DurationWords(Shortest, Longest)}", text => SpanOf(text) is not null)
    {
        Shape = new TextShape(Least: 2, Most: 24, Pattern: @"^[0-9]{1,12}(\.[0-9]{1,9})? ?(ms|s|m|h|d)$"),
    };

    // At least one visible character, and no control character.
    private const string OneLinePattern =
        @"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";

    public static ChannelChange? ReadLifecycle(JsonElement json, string by, ChannelLifecycle lifecycle, FieldErrors errors)
    {
        // What an operator ends is over: nothing disables a channel later by itself.
        var mayEnd = lifecycle != ChannelLifecycle.Active;
        var fields = new ObjectFields(json, "", mayEnd ? TimedNames : ReasonNames, errors);
        return new ChannelChange(by, fields.Text("reason", Reason, isRequired: false) ?? "")
        {
            Lifecycle = lifecycle, For = mayEnd ? ReadFor(fields) : null,
        };
    }

    public static ChannelChange? ReadPatch(JsonElement json, string by, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", PatchNames, errors);
        var submit = ReadLane(fields, "submit", errors);
        var query = ReadLane(fields, "query", errors);
        var change = new ChannelChange(by, fields.Text("reason", Reason, isRequired: false) ?? "")
        {
            SubmitConcurrency = submit.Concurrency,
            SubmitRatePerSecond = submit.Rate,
            QueryConcurrency = query.Concurrency,
            QueryRatePerSecond = query.Rate,
            Weight = fields.Positive("weight", MostWeight),
            // No configuration isolates a channel, so taking the override back ends the isolation.
            Isolated = fields.IsNull("isolated") ? false : fields.Flag("isolated"),
            Resets = (fields.IsNull("weight") ? OverrideKeys.Weight : OverrideKeys.None)
                | (submit.ResetsConcurrency ? OverrideKeys.SubmitConcurrency : OverrideKeys.None)
                | (submit.ResetsRate ? OverrideKeys.SubmitRatePerSecond : OverrideKeys.None)
                | (query.ResetsConcurrency ? OverrideKeys.QueryConcurrency : OverrideKeys.None)
                | (query.ResetsRate ? OverrideKeys.QueryRatePerSecond : OverrideKeys.None),
        };
        if (!errors.Any && change == new ChannelChange(by, change.Reason))
        {
            errors.Add("body", "must change something");
        }

        return change with { For = ReadFor(fields, change, errors) };
    }

    /// <summary>Only what is set ends: there is nothing that would come back after a null or the end of an isolation.</summary>
    private static TimeSpan? ReadFor(ObjectFields fields, ChannelChange change, FieldErrors errors)
    {
        var time = ReadFor(fields);
        if (time is not null && (change.Resets != OverrideKeys.None || change.Isolated == false))
        {
            errors.Add("for", "must not stand beside a null, nor beside isolated: false");
        }

        return time;
    }

    public static TimeSpan? ReadFor(ObjectFields fields) =>
        fields.Text("for", For, isRequired: false) is { } text ? SpanOf(text) : null;

    /// <summary>In whole milliseconds, as it is stored.</summary>
    private static TimeSpan? SpanOf(string text) => SettingValues.Span(Shortest, Longest)(text, out var span)
        ? TimeSpan.FromMilliseconds(Math.Floor(span.TotalMilliseconds))
        : null;

    private static LanePatch ReadLane(ObjectFields patch, string lane, FieldErrors errors)
    {
        if (patch.Section(lane, isRequired: false) is not { } json)
        {
            return new LanePatch(null, null, patch.IsNull(lane), patch.IsNull(lane));
        }

        var fields = new ObjectFields(json, $"{lane}.", LaneNames, errors);
        return new LanePatch(
            (int?)fields.Whole("concurrency", 1, MostConcurrency, isRequired: false),
            fields.Positive("rate_per_second", MostRate),
            fields.IsNull("concurrency"),
            fields.IsNull("rate_per_second"));
    }

    /// <summary>For each setting: a value, a null that takes an override back, or neither.</summary>
    private readonly record struct LanePatch(int? Concurrency, double? Rate, bool ResetsConcurrency, bool ResetsRate);
}
