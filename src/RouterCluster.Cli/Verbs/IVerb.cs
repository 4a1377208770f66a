using System.CommandLine;

namespace RouterCluster.Cli.Verbs;

internal interface IVerb
{
    Command Build(VerbRun run);
}
