namespace RouterCluster.Benchmarks.Operator;

/// <summary>All runs of all commands.</summary>
internal sealed class DrillTable(string storage)
{
    private const int WidestCommand = 70;

    private readonly OrderedDictionary<DrillCommand, List<(string Command, CommandRun Run)>> _runs = [];

    public void Add(DrillCommand command, IEnumerable<string> arguments, CommandRun run)
    {
        if (!_runs.TryGetValue(command, out var runs))
        {
            _runs[command] = runs = [];
        }

        runs.Add((string.Join(' ', arguments), run));
    }

    public void Print()
    {
        Console.WriteLine(
            $"{storage,-10} {"",-48} {"exit",4} {"rows",6} {"bytes",9} {"answer ms",9} {"all ms",7} {"worst",7}  command");
        foreach (var (command, runs) in _runs)
        {
            var all = runs.Select(one => one.Run).ToList();
            Console.WriteLine(FormattableString.Invariant(
                $"{storage,-10} {command.Says,-48} {all[^1].ExitCode,4} {all[^1].Rows,6} {all[^1].Bytes,9} ")
                + FormattableString.Invariant($"{Median(all.Select(run => run.Answered)),9:N0} ")
                + FormattableString.Invariant($"{Median(all.Select(run => run.Took)),7:N0} ")
                + FormattableString.Invariant($"{all.Max(run => run.Took).TotalMilliseconds,7:N0}  {Short(runs[^1].Command)}"));
        }
    }

    /// <exception cref="BenchmarkException">A command has ended otherwise than it must, or its answer was empty.</exception>
    public void Check()
    {
        var wrong =
            from entry in _runs
            from one in entry.Value
            where (one.Run.ExitCode, entry.Key.MayFind) is not ((0, _) or (1, true)) || one.Run.Rows < entry.Key.LeastRows
            select $"routerctl {one.Command}: exit {one.Run.ExitCode}, {one.Run.Rows} rows: {one.Run.Said.Trim()}";
        var lines = wrong.ToList();
        if (lines.Count > 0)
        {
            throw new BenchmarkException(string.Join('\n', lines));
        }
    }

    private static double Median(IEnumerable<TimeSpan> times)
    {
        var ordered = times.Order().ToArray();
        return ordered[ordered.Length / 2].TotalMilliseconds;
    }

    private static string Short(string command) =>
        command.Length <= WidestCommand ? command : $"{command[..WidestCommand]}…";
}
