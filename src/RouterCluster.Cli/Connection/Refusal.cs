using System.Text.Json;
using RouterCluster.Api;

namespace RouterCluster.Cli.Connection;

internal static class Refusal
{
    private const int Unauthorized = 401;

    public static IEnumerable<string> Lines(Answer answer, bool hasToken)
    {
        var problem = Read(answer.Body);
        if (problem is null)
        {
            yield return $"routerctl: the node answered {answer.Status} {answer.ReasonPhrase}".TrimEnd();
        }
        else
        {
            var code = problem.Code is null ? "" : $", {problem.Code}";
            yield return $"routerctl: {problem.Title} ({answer.Status}{code})";
            if (problem.Detail is not null)
            {
                yield return $"  {problem.Detail}";
            }

            foreach (var error in problem.Errors ?? [])
            {
                yield return $"  {error.Field}: {error.Message}";
            }
        }

        if (answer.Status == Unauthorized)
        {
            yield return hasToken
                ? "  The token was not accepted. Give another with --token or ROUTERCTL_TOKEN."
                : "  Give a token with --token or ROUTERCTL_TOKEN; the demo's is demo-operator.";
        }
    }

    private static ProblemBody? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            // A proxy may refuse in a format of its own; the status is shown then.
            return null;
        }
    }
}
