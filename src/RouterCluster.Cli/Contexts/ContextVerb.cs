using System.CommandLine;
using System.Text.Json;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Contexts;

/// <summary>Names environments in a file of the user's; asks no node.</summary>
internal sealed class ContextVerb : IVerb
{
    private const int LongestName = 64;

    private const string Help = """
        Name environments, and say which one is in use. Its name stands above every answer, and a live one asks before a change.
        No token is kept, only the file that holds it. Example:
        routerctl context add prod --url https://router.example --token-file ~/.router-token --live
        """;

    private static readonly ColumnTable<(string Name, SavedContext Context, bool IsCurrent)> Table =
        new ColumnTable<(string Name, SavedContext Context, bool IsCurrent)>()
            .Label("Context", row => row.Name)
            .Label("In use", row => row.IsCurrent ? "yes" : "no", rank: 1)
            .Label("Live", row => row.Context.Live ? "yes" : "no", rank: 2)
            .Label("Address", row => row.Context.Url, rank: 3)
            .Label("Token file", row => row.Context.TokenFile, rank: 4);

    public Command Build(VerbRun run) => new("context", Help) { Add(run), Use(run), List(run), Remove(run) };

    private static Command Add(VerbRun run)
    {
        var name = Name();
        var live = new Option<bool>("--live") { Description = "Ask before every change (--yes answers beforehand)." };
        var command = new Command(
            "add", "Name the node at --url, with --token-file if it has one; the first one is in use at once.")
        {
            name, live,
        };
        command.SetAction(parsed =>
        {
            var (address, path) = (parsed.GetValue(run.Options.Url) ?? "", parsed.GetValue(run.Options.TokenPath));
            if (!ConnectionOptions.IsAddress(address, out _))
            {
                run.Failed("--url must say the context's http or https address");
                return ExitCode.Usage;
            }

            var context = new SavedContext(address, path is null ? null : Path.GetFullPath(path), parsed.GetValue(live));
            return Change(run, saved =>
            {
                saved.Contexts[parsed.GetRequiredValue(name)] = context;
                return saved with { Current = saved.Current ?? parsed.GetRequiredValue(name) };
            });
        });
        return command;
    }

    private static Command Use(VerbRun run)
    {
        var name = Name();
        var command = new Command("use", "Ask this one when no other is named.") { name };
        command.SetAction(parsed => Change(run, saved => saved.Contexts.ContainsKey(parsed.GetRequiredValue(name))
            ? saved with { Current = parsed.GetRequiredValue(name) }
            : null));
        return command;
    }

    private static Command Remove(VerbRun run)
    {
        var name = Name();
        var command = new Command("remove", "Forget its name; its token's file stays.") { name };
        command.SetAction(parsed => Change(run, saved => saved.Contexts.Remove(parsed.GetRequiredValue(name))
            ? saved with { Current = saved.Current == parsed.GetRequiredValue(name) ? null : saved.Current }
            : null));
        return command;
    }

    private static Command List(VerbRun run)
    {
        var command = new Command("list", "List them, with --json as they are kept.");
        command.SetAction(parsed => With(run, file =>
        {
            var saved = file.Read();
            if (run.WantsJson(parsed))
            {
                run.CliEnvironment.Output.WriteLine(JsonSerializer.Serialize(saved, ContextJson.Default.SavedContexts));
            }
            else
            {
                Show(run, saved);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static void Show(VerbRun run, SavedContexts saved) => Table.Show(
        run.Screen(), [.. saved.Contexts.Select(one => (one.Key, one.Value, one.Key == saved.Current))],
        "There is no context; without one, verbs ask the node at --url or ROUTERCTL_URL.");

    /// <param name="change">Null: there is no context of this name.</param>
    private static int Change(VerbRun run, Func<SavedContexts, SavedContexts?> change) => With(run, file =>
    {
        var before = file.Read();
        if (change(before) is not { } after)
        {
            return run.Failed($"there is no such context; known are {DisplayText.List([.. before.Contexts.Keys])}");
        }

        file.Write(after);
        Show(run, after);
        return ExitCode.Done;
    });

    private static int With(VerbRun run, Func<ContextFile, int> work)
    {
        if (ContextFile.Of(run.CliEnvironment.Variable) is not { } file)
        {
            return run.Failed("neither XDG_CONFIG_HOME nor HOME says where contexts are kept");
        }

        try
        {
            return work(file);
        }
        catch (ContextFileException failure)
        {
            return run.Failed(failure.Message);
        }
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("name") { Description = "The context's name: letters, digits, - and _." };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length is 0 or > LongestName || !token.Value.All(
                letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')))
            {
                result.AddError($"<name> must be 1 to {LongestName} letters, digits, - and _.");
            }
        });
        return name;
    }
}
