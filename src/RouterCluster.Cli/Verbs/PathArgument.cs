using System.CommandLine;

namespace RouterCluster.Cli.Verbs;

internal static class PathArgument
{
    /// <summary>An id that becomes a part of the request's path, which dots alone would lead out of.</summary>
    public static Argument<string> Id(string description, string required, string name = "id")
    {
        var id = new Argument<string>(name) { Description = description };
        id.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Trim() is "" or "." or ".."))
            {
                result.AddError($"<{name}> must be {required}.");
            }
        });
        return id;
    }
}
