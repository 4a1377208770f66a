using System.Globalization;
using RouterCluster.Simulation.Tests.Mutants;

return args switch
{
    [SimulationTrial.Command, var lives] => SimulationTrial.Live(long.Parse(lives, CultureInfo.InvariantCulture)),
    [UnitTestTrial.Command, var tests, .. var folders] => UnitTestTrial.Run(tests, folders),
    [SampleSettings.Command, .. var options] when SampleSettings.Of(options) is { } settings => await Sample.RunAsync(settings),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: mutants [--sample N] [--lives N] [--seed N] [--folders A,B] [--text TEXT]
               lives N
               tests ASSEMBLY FEATURE…
        """);
    return 2;
}
