using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Verbs;

/// <summary>
/// The common course of verbs that call a node: send the request, then print the body, its view, or the refusal.
/// </summary>
internal sealed class VerbRun(ConnectionOptions options, CliEnvironment environment)
{
    public CliEnvironment CliEnvironment => environment;

    public Option<string?> Output => options.Output;

    public ConnectionOptions Options => options;

    public bool WantsJson(ParseResult parsed) => options.WantsJson(parsed);

    public IAnsiConsole Screen() => Screen(environment.Output, environment.IsTerminal);

    public int Failed(string message)
    {
        environment.Error.WriteLine($"routerctl: {SafeText.Of(message)}");
        return ExitCode.Failed;
    }

    /// <summary>The command sends a request and shows its answer.</summary>
    public Command Asks<T>(Command command, Func<ParseResult, RouterRequest> request, View<T> view)
    {
        command.SetAction((parsed, cancellation) => AskAsync(parsed, request(parsed), view, cancellation));
        return command;
    }

    /// <summary>The command lists one page of what is under the path.</summary>
    public Command Lists<T>(
        Command command, Func<ParseResult, string> path, View<T> view, params (string Name, Option<string?> Option)[] filters)
    {
        var page = new PageOptions();
        page.AddTo(command);
        return Asks(
            command,
            parsed => RouterRequest.Get(page.Path(
                parsed, path(parsed), [.. filters.Select(filter => (filter.Name, parsed.GetValue(filter.Option)))])),
            view);
    }

    /// <summary>A page of rows: as CSV where that is asked for, else as people are shown it. Both say how it goes on.</summary>
    public View<ListBody<T>> PageOf<T>(
        ParseResult parsed, JsonTypeInfo<ListBody<T>> shape, CsvTable<T> csv, Action<IAnsiConsole, ListBody<T>> show) =>
        new(shape, (screen, page) =>
        {
            if (parsed.GetValue(Output) == OutputOption.Csv)
            {
                csv.Write(environment.Output, page.Items);
                OutputOption.ShowNextBeside(environment.Error, page.Next);
                return;
            }

            show(screen, page);
            PageOptions.ShowNext(screen, page.Next);
        });

    public Task<int> AskAsync<T>(
        ParseResult parsed, RouterRequest request, View<T> view, CancellationToken cancellation) =>
        AskAsync(parsed, request, (target, _, answer) => AcceptedAsync(target, answer, view), cancellation);

    /// <summary>Sends a request and then a second one that is made from its answer.</summary>
    /// <param name="next">Null when the answer does not allow a second request.</param>
    public Task<int> AskTwiceAsync<TFirst, T>(
        ParseResult parsed, RouterRequest first, JsonTypeInfo<TFirst> shape, Func<TFirst, RouterRequest?> next, string otherwise,
        View<T> view, CancellationToken cancellation) =>
        AskAsync(
            parsed,
            first,
            async (target, connection, answer) =>
            {
                try
                {
                    var found = JsonSerializer.Deserialize(answer.Body, shape) ?? throw new JsonException();
                    return next(found) is { } request
                        ? await SendAsync(target, connection, request, done => AcceptedAsync(target, done, view), cancellation)
                        : Failed(otherwise);
                }
                catch (JsonException)
                {
                    return NotARouter(target);
                }
            },
            cancellation);

    private Task<int> AskAsync(
        ParseResult parsed, RouterRequest request, Func<Target, RouterConnection, Answer, Task<int>> accepted,
        CancellationToken cancellation) =>
        WithConnectionAsync(parsed, (target, connection) => SendAsync(
            target, connection, request, answer => accepted(target, connection, answer), cancellation));

    /// <summary>Null, after a line on standard error, when the options name no usable node.</summary>
    public Target? TargetOf(ParseResult parsed)
    {
        if (options.Resolve(parsed, environment, out var mistake) is { } target)
        {
            NameContext(target);
            return target;
        }

        environment.Error.WriteLine($"routerctl: {SafeText.Of(mistake)}");
        return null;
    }

    /// <summary>For verbs that send more than one request.</summary>
    public async Task<int> WithConnectionAsync(ParseResult parsed, Func<Target, RouterConnection, Task<int>> work)
    {
        if (TargetOf(parsed) is not { } target)
        {
            return ExitCode.Usage;
        }

        using var connection = new RouterConnection(target, environment.Timeout);
        return await work(target, connection);
    }

    private async Task<int> SendAsync(
        Target target, RouterConnection connection, RouterRequest request, Func<Answer, Task<int>> accepted,
        CancellationToken cancellation)
    {
        if (WhyNotSent(target, request) is { } end)
        {
            return end;
        }

        return await connection.SendAsync(request, cancellation) switch
        {
            Unreachable unreachable => Failed($"cannot reach {target.Url}: {unreachable.Why}"),
            Answer { IsSuccess: false } refusal => await RefusedAsync(target, refusal),
            Answer answer => await accepted(answer),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>On standard error, so that what programs read stays as it is.</summary>
    private void NameContext(Target target)
    {
        if (target is { Context: { } name, Json: false })
        {
            environment.Error.WriteLine(SafeText.Of($"{name}{(target.IsLive ? " (live)" : "")}: {target.Url}"));
        }
    }

    /// <summary>A change of a live environment is made when somebody agrees; scripts say --yes. Null: it is sent.</summary>
    private int? WhyNotSent(Target target, RouterRequest request)
    {
        if (!target.IsLive || target.IsAgreed || !request.IsChange)
        {
            return null;
        }

        var change = $"{target.Context} is live: {request.Method} {request.Path}";
        if (!environment.IsInputTerminal)
        {
            environment.Error.WriteLine(SafeText.Of($"routerctl: {change} needs --yes, as nobody can be asked"));
            return ExitCode.Usage;
        }

        environment.Error.Write(SafeText.Of($"{change}. Go on? [y/N] "));
        return environment.Input.ReadLine()?.Trim() is "y" or "Y" or "yes" ? null : Failed("nothing was changed");
    }

    /// <summary>For a body of any length that is not JSON: it goes to standard output as it is.</summary>
    public Task<int> CopyAsync(ParseResult parsed, RouterRequest request, CancellationToken cancellation) =>
        WithConnectionAsync(parsed, async (target, connection) =>
            await connection.CopyAsync(request, environment.RawOutput, cancellation) switch
            {
                Unreachable unreachable => Failed($"{target.Url}: {unreachable.Why}"),
                Answer { IsSuccess: false } refusal => await RefusedAsync(target, refusal),
                Answer => ExitCode.Done,
                _ => throw new UnreachableException(),
            });

    private async Task<int> AcceptedAsync<T>(Target target, Answer answer, View<T> view)
    {
        try
        {
            if (!target.Json)
            {
                view.Show(Screen(), Read(answer, view));
                return EndOf(answer, view);
            }

            using (JsonDocument.Parse(answer.Body))
            {
                await PrintAsync(answer.Body);
            }

            if (view.BesideJson)
            {
                view.Show(Screen(environment.Error, isTerminal: false), Read(answer, view));
            }

            return EndOf(answer, view);
        }
        catch (JsonException)
        {
            return NotARouter(target);
        }
    }

    private static int EndOf<T>(Answer answer, View<T> view) =>
        view.HasFailed?.Invoke(Read(answer, view)) == true ? ExitCode.Failed : ExitCode.Done;

    public int NotARouter(Target target) => Failed($"{target.Url} answered with something that is not a router's answer");

    private async Task<int> RefusedAsync(Target target, Answer refusal)
    {
        if (target.Json && refusal.Body.Length > 0)
        {
            await PrintAsync(refusal.Body);
            return ExitCode.Failed;
        }

        return Refused(target, refusal);
    }

    /// <summary>Says in lines for people why a node refuses.</summary>
    public int Refused(Target target, Answer refusal)
    {
        foreach (var line in Refusal.Lines(refusal, hasToken: target.Token is not null))
        {
            environment.Error.WriteLine(SafeText.Of(line));
        }

        return ExitCode.Failed;
    }

    private async Task PrintAsync(byte[] body)
    {
        await environment.RawOutput.WriteAsync(body);
        await environment.RawOutput.FlushAsync();
    }

    private static T Read<T>(Answer answer, View<T> view) =>
        JsonSerializer.Deserialize(answer.Body, view.Shape) ?? throw new JsonException();

    private IAnsiConsole Screen(TextWriter writer, bool isTerminal)
    {
        // The library takes some build servers for terminals and would write 80 columns into pipes.
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        screen.Profile.Width = environment.Width;
        return screen;
    }
}
