using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>One run of <c>routerctl</c> as a process.</summary>
/// <param name="Took">The whole process.</param>
/// <param name="Answered">The node's answers alone.</param>
/// <param name="Said">Standard output, then standard error.</param>
internal sealed record CommandRun(
    int ExitCode, TimeSpan Took, TimeSpan Answered, int Rows, long Bytes, string Said, JsonNode? Body)
{
    public static async Task<CommandRun> OfAsync(AnswerClock clock, IEnumerable<string> arguments)
    {
        clock.Take();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "routerctl.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment =
            {
                ["ROUTERCTL_URL"] = clock.Address.GetLeftPart(UriPartial.Authority),
                ["ROUTERCTL_TOKEN"] = OperatorWorld.Token,
            },
        };
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("routerctl does not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = await output + await error;
        var took = Stopwatch.GetElapsedTime(begin);
        var answers = clock.Take();
        var body = answers is [.., var last] ? Json(last.Body) : null;
        return new CommandRun(
            process.ExitCode, took, answers.Aggregate(TimeSpan.Zero, (sum, answer) => sum + answer.Took), RowsOf(body),
            answers.Sum(answer => answer.Body.LongLength), said, body);
    }

    /// <summary>Of the longest list in the answer; an answer without lists is one row.</summary>
    private static int RowsOf(JsonNode? body)
    {
        var lists = body is JsonObject fields ? fields.Select(field => field.Value).OfType<JsonArray>().ToList() : [];
        return lists.Count == 0 ? (body is null ? 0 : 1) : lists.Max(list => list.Count);
    }

    private static JsonNode? Json(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
