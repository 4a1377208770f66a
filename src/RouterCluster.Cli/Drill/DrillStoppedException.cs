namespace RouterCluster.Cli.Drill;

/// <summary>The drill cannot go on, for a reason in one line.</summary>
internal sealed class DrillStoppedException(string why) : Exception(why);
