using System.Text.Json;

namespace RouterCluster.Simulator.Channels;

/// <summary>Reads any subset of a channel's settings and collects all errors.</summary>
internal sealed class SettingsPatch
{
    public const string Mode = "mode";
    public const string SuccessRate = "success_rate";
    public const string CustomerFailureRate = "customer_failure_rate";
    public const string LatencyMs = "latency_ms";
    public const string LatencyP99Ms = "latency_p99_ms";
    public const string QueryVisibleAfterMs = "query_visible_after_ms";
    public const string MaxConcurrency = "max_concurrency";
    public const string RetryAfterS = "retry_after_s";
    public const string Notify = "notify";
    public const string Seed = "seed";

    private const int LongestLatencyMs = 600_000;

    private readonly List<string> _errors = [];
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    private SettingsPatch(ChannelSettings current) => Settings = current;

    public ChannelSettings Settings { get; private set; }

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>A seed restarts the draws, even if it is the same one.</summary>
    public bool RestartsDraws => _given.Contains(Seed);

    public static SettingsPatch Read(JsonElement body, ChannelSettings current)
    {
        var patch = new SettingsPatch(current);
        if (body.ValueKind != JsonValueKind.Object)
        {
            patch._errors.Add("the body: a JSON object is expected");
            return patch;
        }

        foreach (var field in body.EnumerateObject())
        {
            patch.Apply(field.Name, field.Value);
        }

        patch.CheckLatency();
        return patch;
    }

    private void Apply(string name, JsonElement value)
    {
        if (!_given.Add(name))
        {
            _errors.Add($"{name}: given twice");
            return;
        }

        var settings = Settings;
        Settings = name switch
        {
            Mode => settings with { Mode = Named(name, value, SettingNames.Modes) },
            SuccessRate => settings with { SuccessRate = Rate(name, value) },
            CustomerFailureRate => settings with { CustomerFailureRate = Rate(name, value) },
            LatencyMs => settings with { LatencyMs = (int)Whole(name, value, 0, LongestLatencyMs) },
            LatencyP99Ms => settings with { LatencyP99Ms = (int)Whole(name, value, 0, LongestLatencyMs) },
            QueryVisibleAfterMs => settings with { QueryVisibleAfterMs = (int)Whole(name, value, 0, int.MaxValue) },
            MaxConcurrency => settings with { MaxConcurrency = (int)Whole(name, value, 0, int.MaxValue) },
            RetryAfterS => settings with { RetryAfterS = (int)Whole(name, value, 0, int.MaxValue) },
            Notify => settings with { Notify = Named(name, value, SettingNames.NotifyModes) },
            Seed => settings with { Seed = Whole(name, value, long.MinValue, long.MaxValue) },
            _ => Unknown(name),
        };
    }

    /// <summary>A new median alone raises a lower p99; a p99 that is given must fit.</summary>
    private void CheckLatency()
    {
        if (Settings.LatencyP99Ms >= Settings.LatencyMs)
        {
            return;
        }

        if (_given.Contains(LatencyP99Ms))
        {
            _errors.Add($"{LatencyP99Ms}: must not be below {LatencyMs} ({Settings.LatencyMs})");
        }

        Settings = Settings with { LatencyP99Ms = Settings.LatencyMs };
    }

    private ChannelSettings Unknown(string name)
    {
        _errors.Add($"{name}: unknown field");
        return Settings;
    }

    private T Named<T>(string name, JsonElement value, IReadOnlyList<(string Name, T Value)> names)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var pair in names)
        {
            if (pair.Name == text)
            {
                return pair.Value;
            }
        }

        _errors.Add($"{name}: one of {string.Join(", ", names.Select(pair => pair.Name))} is expected");
        return names[0].Value;
    }

    private double Rate(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var rate) && rate is >= 0 and <= 1)
        {
            return rate;
        }

        _errors.Add($"{name}: a number from 0 to 1 is expected");
        return 0;
    }

    private long Whole(string name, JsonElement value, long least, long most)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) && whole >= least && whole <= most)
        {
            return whole;
        }

        _errors.Add($"{name}: a whole number from {least} to {most} is expected");
        return least;
    }
}
