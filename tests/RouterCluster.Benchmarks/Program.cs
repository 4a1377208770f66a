using RouterCluster.Benchmarks;
using RouterCluster.Benchmarks.Operator;
using RouterCluster.Benchmarks.Peers;
using RouterCluster.Benchmarks.Routing;
using RouterCluster.Benchmarks.Views;

const int Failed = 1;
const int WrongUse = 2;

if (PeerPrograms.Run(args) is { } serving)
{
    await serving;
    return 0;
}

Suite[] suites =
[
    BooksSuite.Suite, HostSuite.Suite, CountsSuite.Suite, PeersSuite.Suite, ViewsSuite.Suite, OperatorSuite.Suite,
    RoutingSuite.Suite, DecisionBenchmarks.Suite,
];
if (BenchmarkOptions.Parse(args, suites) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage(suites));
    return WrongUse;
}

foreach (var suite in suites.Where(suite => options.Suites.Count == 0 ? suite.IsDefault : options.Suites.Contains(suite.Name)))
{
    Console.WriteLine($"== {suite.Name}: {suite.Shows}");
    try
    {
        await suite.RunAsync(options);
    }
    catch (BenchmarkException failure)
    {
        Console.Error.WriteLine(failure.Message);
        return Failed;
    }
}

return 0;
