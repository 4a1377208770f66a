using RouterCluster.Benchmarks;

const int WrongUse = 2;

Suite[] suites = [BooksSuite.Suite, HostSuite.Suite];
if (BenchmarkOptions.Parse(args, suites) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage(suites));
    return WrongUse;
}

foreach (var suite in suites.Where(suite => options.Suites.Count == 0 ? suite.IsDefault : options.Suites.Contains(suite.Name)))
{
    Console.WriteLine($"== {suite.Name}: {suite.Shows}");
    await suite.RunAsync(options);
}

return 0;
