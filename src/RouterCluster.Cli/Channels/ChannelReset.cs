using System.CommandLine;
using System.Text.Json.Nodes;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Channels;

/// <summary>Takes overrides back, so that the configuration is in force again.</summary>
internal static class ChannelReset
{
    private const string Weight = "weight";

    /// <summary>The API's names of the settings; a lane alone stands for both of its settings.</summary>
    private static readonly string[] Names =
    [
        "submit", "submit.concurrency", "submit.rate_per_second", "query", "query.concurrency", "query.rate_per_second", Weight,
    ];

    /// <summary>The settings by their option names in <c>channel set</c>.</summary>
    private static readonly Dictionary<string, string> AsOptions = new()
    {
        ["concurrency"] = "submit.concurrency",
        ["rate"] = "submit.rate_per_second",
        ["query-concurrency"] = "query.concurrency",
        ["query-rate"] = "query.rate_per_second",
    };

    public static Command Build(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var what = new Argument<string[]>("what")
        {
            Description = $"What to take back: {string.Join(", ", AsOptions.Keys)}, {Weight}, or a whole lane (submit, query). "
                + "Everything where none is named.",
            HelpName = "setting",
            Arity = ArgumentArity.ZeroOrMore,
        };
        what.AcceptOnlyFromAmong([.. Names, .. AsOptions.Keys]);
        var reason = ChannelArguments.Reason();
        var dryRun = ChannelArguments.DryRun();
        var command = new Command("reset", "Take back what operators set, so that the configuration is in force again.")
        {
            id, what, reason, dryRun,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var path = ChannelArguments.Path(parsed.GetRequiredValue(id));
            var request = Request(path, Settings(parsed.GetValue(what) ?? []), parsed.GetValue(reason));
            return ChannelForecast.AskAsync(run, parsed, dryRun, request, lasts: null, cancellation);
        });
        return command;
    }

    private static HashSet<string> Settings(string[] what)
    {
        var named = what.Select(name => AsOptions.GetValueOrDefault(name, name)).ToHashSet();
        return named.Count == 0 ? ["submit", "query", Weight] : named;
    }

    private static RouterRequest Request(string path, HashSet<string> settings, string? reason) =>
        RouterRequest.Patch(path, Patch(settings, reason), ApiJson.Default.JsonObject);

    /// <summary>A null takes an override back; <c>submit: null</c> those of both settings of the lane.</summary>
    private static JsonObject Patch(HashSet<string> settings, string? reason)
    {
        var patch = new JsonObject();
        foreach (var setting in settings.Order(StringComparer.Ordinal))
        {
            var (section, name) = setting.Split('.') is [var lane, var inLane] ? (lane, inLane) : (setting, null);
            if (name is null)
            {
                patch[section] = null;
            }
            else if (!settings.Contains(section))
            {
                patch[section] ??= new JsonObject();
                patch[section]![name] = null;
            }
        }

        if (reason is not null)
        {
            patch["reason"] = reason;
        }

        return patch;
    }
}
