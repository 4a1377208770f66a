using System.CommandLine;
using System.CommandLine.Parsing;
using RouterCluster.Cli.Verbs;
using RouterCluster.Domain.Routing;
using RouterCluster.Replay;

namespace RouterCluster.Cli.Replay;

internal sealed class ReplayVerb : IVerb
{
    private const string StandardInput = "-";

    private readonly Argument<string> _trace = new("trace")
    {
        Description = "The trace: a CSV file, or - for standard input.",
    };

    private readonly Option<string[]> _policies = new("--policy")
    {
        Description = $"A policy to run, repeatable; without it these: {string.Join(", ", ReplayRouters.Names)}. "
            + $"Also {ReplayRouters.Forms}.",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<long> _seed = new("--seed")
    {
        Description = "The seed of all random draws: the same seed gives the same answer.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _picture = new("--svg")
    {
        Description = "Also draw traffic shares and success over time into this file.",
        HelpName = "file",
    };

    public Command Build(VerbRun run)
    {
        var command = new Command("replay", "Say what routing would have done with recorded traffic. Needs no node.")
        {
            _trace, _policies, _seed, _picture,
        };
        _policies.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.Select(token => token.Value).Where(name => ReplayRouters.Create(name) is null))
            {
                result.AddError(
                    $"--policy must be one of {string.Join(", ", ReplayRouters.Names)}, {ReplayRouters.Forms}, not '{name}'.");
            }
        });
        _trace.Validators.Add(result => Require(result, _trace.Name));
        _picture.Validators.Add(result => Require(result, _picture.Name));
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(run, parsed, cancellation)));
        return command;
    }

    /// <summary>An empty argument is most likely a script's unset variable.</summary>
    private static void Require(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{name} is empty.");
        }
    }

    private int Run(VerbRun run, ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(_trace);
        var names = parsed.GetValue(_policies) is { Length: > 0 } named ? named.Distinct() : ReplayRouters.Names;
        var routers = names.Select(name => (name, ReplayRouters.Create(name)!)).ToArray();
        try
        {
            var report = Replay(run.CliEnvironment, path, routers, parsed.GetValue(_seed), cancellation);
            Print(run, parsed, report);
            if (parsed.GetValue(_picture) is { } picture)
            {
                File.WriteAllText(picture, ReplayPicture.Draw(report));
            }

            return ExitCode.Done;
        }
        catch (TraceFormatException wrong)
        {
            return run.Failed($"{path}, {wrong.Message}");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return run.Failed(wrong.Message);
        }
        catch (OperationCanceledException)
        {
            return run.Failed("interrupted");
        }
    }

    private static ReplayReport Replay(
        CliEnvironment environment, string path, IReadOnlyList<(string, IRouter)> routers, long seed,
        CancellationToken cancellation)
    {
        using var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        var progress = new ProgressBar(environment.Error, environment.IsErrorTerminal);
        var file = new TraceFile(stream);
        var replay = new TraceReplay(routers, seed);
        var rows = 0L;
        try
        {
            foreach (var row in file.Rows())
            {
                cancellation.ThrowIfCancellationRequested();
                replay.Add(row, file.Line);
                progress.Show(++rows, () => stream.CanSeek ? stream.Position / (double)stream.Length : null);
            }

            return replay.Finish();
        }
        finally
        {
            progress.Clear();
        }
    }

    private static void Print(VerbRun run, ParseResult parsed, ReplayReport report)
    {
        if (run.WantsJson(parsed))
        {
            ReplayView.Write(run.CliEnvironment.RawOutput, report);
            run.CliEnvironment.RawOutput.Write("\n"u8);
            run.CliEnvironment.RawOutput.Flush();
        }
        else
        {
            ReplayView.Show(run.Screen(), report);
        }
    }
}
