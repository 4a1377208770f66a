using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cluster;

/// <summary>Asks again and again until nothing is missing or the time is over.</summary>
internal static class ClusterWait
{
    private const string Description = """
        Wait until every node is up, ready and not draining, and every channel has an owner that sends: 0 then, 1 when the time
        is over, with what is missing. A node that does not answer yet is waited for too. Example:
        routerctl cluster wait --healthy --timeout 60s
        """;

    /// <summary>The checks that have to be well.</summary>
    private static readonly string[] Needed = ["members", "owners"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(60);

    public static Command Build(VerbRun run)
    {
        var healthy = new Option<bool>("--healthy") { Description = "What to wait for; there is nothing else yet." };
        var timeout = DurationOption.New(
            "--timeout", "How long to wait, such as 90s or 5m.", TimeSpan.FromSeconds(1), UsualTimeout, TimeSpan.FromDays(1));
        var command = new Command("wait", Description) { healthy, timeout };
        command.Validators.Add(result =>
        {
            if (result.GetResult(healthy) is null)
            {
                result.AddError("Say what to wait for: --healthy.");
            }
        });
        command.SetAction((parsed, cancellation) => run.WithConnectionAsync(
            parsed, (target, connection) => WaitAsync(run, target, connection, parsed.GetValue(timeout), cancellation)));
        return command;
    }

    private static async Task<int> WaitAsync(
        VerbRun run, Target target, RouterConnection connection, TimeSpan timeout, CancellationToken cancellation)
    {
        var since = Stopwatch.StartNew();
        var seen = Seen.Nothing;
        while (true)
        {
            var next = await LookAsync(connection, target, timeout - since.Elapsed, cancellation);
            if (next is null || cancellation.IsCancellationRequested)
            {
                break;
            }

            Tell(run, seen, next);
            seen = next;
            if (seen.Missing.Count == 0 || seen.IsFinal || !await PauseAsync(timeout - since.Elapsed, cancellation))
            {
                break;
            }
        }

        return await EndAsync(run, target, seen, timeout);
    }

    /// <summary>Null: the time ran out before an answer came.</summary>
    private static async Task<Seen?> LookAsync(
        RouterConnection connection, Target target, TimeSpan left, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        var reply = await connection.SendAsync(RouterRequest.Get("checks"), limit.Token);
        return reply switch
        {
            _ when limit.IsCancellationRequested && reply is Unreachable => null,
            Unreachable unreachable => new Seen([$"cannot reach {target.Url}: {unreachable.Why}"], [], null, IsFinal: false),
            Answer { IsSuccess: true } answer => Read(answer, target),
            Answer refusal => new Seen(Lines(refusal, target), [], null, IsFinal: !refusal.MayPass),
            _ => throw new UnreachableException(),
        };
    }

    private static IReadOnlyList<string> Lines(Answer refusal, Target target) =>
    [
        .. Refusal.Lines(refusal, target.Token is not null)
            .Select(line => line.Replace("routerctl: ", "", StringComparison.Ordinal).Trim()),
    ];

    private static Seen Read(Answer answer, Target target)
    {
        try
        {
            var body = JsonSerializer.Deserialize(answer.Body, ApiJson.Default.ChecksBody) ?? throw new JsonException();
            var needed = body.Checks.Where(check => Needed.Contains(check.Name)).ToLookup(
                check => check.Status == ChecksBody.Ok, check => check.Detail);
            return new Seen([.. needed[false]], [.. needed[true]], answer.Body, IsFinal: false);
        }
        catch (JsonException)
        {
            return new Seen(
                [$"{target.Url} answered with something that is not a router's answer"], [], null, IsFinal: false);
        }
    }

    /// <summary>A line for each change, so that the log of a deployment says what took how long.</summary>
    private static void Tell(VerbRun run, Seen before, Seen now)
    {
        foreach (var missing in now.Missing.Except(before.Missing))
        {
            run.CliEnvironment.Error.WriteLine(SafeText.Of($"waiting: {missing}"));
        }
    }

    private static async Task<bool> PauseAsync(TimeSpan left, CancellationToken cancellation)
    {
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await Task.Delay(left < Pause ? left : Pause, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<int> EndAsync(VerbRun run, Target target, Seen seen, TimeSpan timeout)
    {
        if (target.Json && seen.Body is { } body)
        {
            await run.CliEnvironment.RawOutput.WriteAsync(body);
        }

        if (seen.Missing.Count > 0)
        {
            var when = seen.IsFinal ? "" : $" after {DisplayText.Duration(timeout)}";
            return run.Failed($"not healthy{when}: {string.Join("; ", seen.Missing)}");
        }

        if (!target.Json)
        {
            run.Screen().Say($"Healthy: {string.Join("; ", seen.Well)}.");
        }

        return ExitCode.Done;
    }

    /// <param name="Body">Of the answer; null where none came.</param>
    /// <param name="IsFinal">To ask again would change nothing.</param>
    private sealed record Seen(IReadOnlyList<string> Missing, IReadOnlyList<string> Well, byte[]? Body, bool IsFinal)
    {
        public static readonly Seen Nothing = new(["no answer came"], [], null, IsFinal: false);
    }
}
