using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Configuration;

internal sealed class ConfigVerb : IVerb
{
    private static readonly View<ConfigurationBody> Outcome = new(ApiJson.Default.ConfigurationBody, Show)
    {
        HasFailed = outcome => outcome.Errors.Count > 0,
    };

    private readonly Argument<string> _file = new("file")
    {
        Description = "HOCON of router { channels { ... } merchants { ... } }; what it does not name stays, NAME = null removes.",
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why; kept in the audit trail. Needed unless it is a dry run.",
        HelpName = "text",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what would change." };

    public Command Build(VerbRun run) =>
        new("config", "Change channels and merchants while the nodes run, look at what was changed, and take it back.")
        {
            Apply(run), ConfigHistory.Build(run), RollBack(run),
        };

    private Command Apply(VerbRun run)
    {
        var command = new Command(
            "apply", "Lay a file over the configuration in force, on all nodes (config apply new-bank.hocon --dry-run).")
        {
            _file, _reason, _dryRun,
        };
        NeedsReason(command);
        command.SetAction((parsed, cancellation) => ApplyAsync(run, parsed, cancellation));
        return command;
    }

    private Command RollBack(VerbRun run)
    {
        var version = ConfigHistory.Version(
            "The version whose content comes into force again; 0: the files alone.", ArgumentArity.ExactlyOne);
        var command = new Command(
            "rollback",
            "Bring the content of an earlier configuration into force again, on all nodes, as a new one. Secrets that were "
            + "replaced since stay as they are now. Examples: routerctl config rollback 3 --dry-run, "
            + "routerctl config rollback 3 --reason \"alpha got too much\"")
        {
            version, _reason, _dryRun,
        };
        NeedsReason(command);
        return run.Asks(
            command,
            parsed => RouterRequest.Post($"config/versions/{parsed.GetRequiredValue(version)}/rollback?{Query(parsed)}"),
            Outcome);
    }

    private void NeedsReason(Command command) => command.Validators.Add(result =>
    {
        if (!result.GetValue(_dryRun) && string.IsNullOrWhiteSpace(result.GetValue(_reason)))
        {
            result.AddError("--reason is needed, or --dry-run.");
        }
    });

    private string Query(ParseResult parsed)
    {
        var reason = parsed.GetValue(_reason) is { } why ? $"&reason={Uri.EscapeDataString(why)}" : "";
        return $"dry_run={(parsed.GetValue(_dryRun) ? "true" : "false")}{reason}";
    }

    private async Task<int> ApplyAsync(VerbRun run, ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetRequiredValue(_file);
        byte[] text;
        try
        {
            text = await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return run.Failed($"{file}: {failure.Message}");
        }

        var request = RouterRequest.PostText($"config?{Query(parsed)}", text);
        return await run.AskAsync(parsed, request, Outcome, cancellation);
    }

    private static void Show(IAnsiConsole screen, ConfigurationBody outcome)
    {
        foreach (var change in outcome.Changes)
        {
            screen.Say(change.What);
        }

        foreach (var kept in outcome.Kept ?? [])
        {
            screen.Say(kept.What, new Style(Color.Yellow));
        }

        foreach (var error in outcome.Errors)
        {
            screen.Say(error.What, new Style(Color.Red));
        }

        if (outcome.Errors.Count > 0)
        {
            screen.Say("It cannot be in force.");
        }
        else if (outcome.Changes.Count == 0)
        {
            screen.Say("Nothing differs from what is in force.");
        }
        else
        {
            screen.Say(outcome.Version is { } version
                ? $"In force as configuration {version}."
                : "Nothing was changed: this was a dry run.");
        }
    }
}
