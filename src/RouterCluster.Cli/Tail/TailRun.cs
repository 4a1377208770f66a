using System.Diagnostics;
using System.Text.Json;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Tail;

/// <param name="Channel">Null: of any channel, or of none.</param>
/// <param name="Kinds">Empty: of any kind.</param>
internal sealed record TailFilter(string? Channel, IReadOnlySet<string> Kinds)
{
    /// <summary>Classes of outcomes; empty: outcomes of any class, where their kind is asked for.</summary>
    public IReadOnlySet<string> Classes { get; init; } = new HashSet<string>();

    public bool WantsOutcomes => Classes.Count > 0 || Kinds.Contains(TailKinds.Outcome);

    public bool Fits(TailEvent one) => (Channel is null || one.Channel == Channel) && IsWanted(one);

    private bool IsWanted(TailEvent one) => one.Class is { } found
        ? Classes.Contains(found) || (Classes.Count == 0 && Kinds.Contains(TailKinds.Outcome))
        : Kinds.Contains(one.Kind) || (Kinds.Count == 0 && Classes.Count == 0);
}

/// <summary>One run of the verb, over as many connections as it takes.</summary>
internal sealed class TailRun(VerbRun run, Target target, RouterConnection connection, TailFilter filter)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The node sends a beat every three seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly string _path = filter.WantsOutcomes ? "events?outcomes=true" : "events";
    private readonly TailMemory _memory = new();
    private readonly List<(string Topic, string Data)> _untold = [];
    private string _trouble = "";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var reply = await connection.ReadAsync(RouterRequest.Get(_path), FollowAsync, "", cancellation);
                _untold.Clear();
                cancellation.ThrowIfCancellationRequested();
                if (reply is Answer { IsSuccess: false, MayPass: false } refusal)
                {
                    return run.Refused(target, refusal);
                }

                Lost(WhyOf(reply));
                await Task.Delay(Pause, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (JsonException)
        {
            return run.NotARouter(target);
        }
    }

    private static string WhyOf(Reply reply) => reply switch
    {
        Answer { IsSuccess: true } => "the node has ended the stream",
        Answer refusal => $"the node answered {refusal.Status}",
        Unreachable unreachable => unreachable.Why,
        _ => throw new UnreachableException(),
    };

    private async Task FollowAsync(Stream stream, CancellationToken cancellation)
    {
        await foreach (var (topic, data) in ServerEvents.ReadAsync(stream, Silence, cancellation))
        {
            if (topic != "beat")
            {
                _untold.Add((topic, data));
                continue;
            }

            // Each beat comes after what changed before it, and has the node's time.
            _trouble = "";
            var at = (JsonSerializer.Deserialize(data, TailJson.Default.TailBeatBody) ?? throw new JsonException()).At;
            var changes = _untold.SelectMany(told => _memory.See(told.Topic, told.Data, at)).Where(filter.Fits).ToList();
            _untold.Clear();
            foreach (var change in changes.OrderBy(change => change.At))
            {
                await ShowAsync(change);
            }
        }
    }

    private async Task ShowAsync(TailEvent change)
    {
        if (!target.Json)
        {
            run.Screen().Say(change.Line, new Style(change.Kind == TailKinds.Alert ? Color.Yellow : Color.Default));
            return;
        }

        var output = run.CliEnvironment.RawOutput;
        var line = new TailLineBody(change.At, change.Kind, change.Channel, change.What) { Class = change.Class };
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, TailJson.Default.TailLineBody));
        await output.WriteAsync("\n"u8.ToArray());
        await output.FlushAsync();
    }

    /// <summary>Said once for each trouble, not for each try.</summary>
    private void Lost(string why)
    {
        if (_trouble != why)
        {
            _trouble = why;
            run.CliEnvironment.Error.WriteLine(SafeText.Of($"Connecting to {target.Url} again: {why}"));
        }
    }
}
