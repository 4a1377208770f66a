using System.CommandLine;

namespace RouterCluster.Cli.Verbs;

/// <summary>One word of the command line, with its arguments and what it does.</summary>
internal interface IVerb
{
    Command Build(VerbRun run);
}
