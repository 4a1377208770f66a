namespace RouterCluster.Benchmarks.Peers;

/// <summary>What the router is compared with, each a process of its own: <c>serve NAME URL COMPANY [DATABASE]</c>.</summary>
internal static class PeerPrograms
{
    public const string Serve = "serve";
    public const string Ready = "/ready";

    /// <summary>Null where the command line starts no peer.</summary>
    public static Task? Run(IReadOnlyList<string> arguments) => arguments switch
    {
        [Serve, YarpProgram.Name, var url, var company] => YarpProgram.RunAsync(url, company),
        [Serve, PlainProgram.Name, var url, var company, var database] => PlainProgram.RunAsync(url, company, database),
        _ => null,
    };
}
