namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Draws mutants and tries each on the unit tests and on the simulation, one after the other.</summary>
internal static class Sample
{
    /// <summary>Writes a line for each mutant and the report; the process's exit code.</summary>
    public static async Task<int> RunAsync(SampleSettings settings)
    {
        var domain = new MutatedDomain();
        using var output = new TestOutput();
        var unitTests = new UnitTestTrial(output);
        var simulation = new SimulationTrial(output, settings.Lives);
        var right = domain.ImageWithoutChange();
        if (await simulation.KillerAsync(right) is { } broken)
        {
            Console.WriteLine($"The simulation fails without any mutant: {broken}");
            return 1;
        }

        foreach (var folder in settings.Folders)
        {
            if (await unitTests.KillerAsync(right, folder) is { } failing)
            {
                Console.WriteLine($"A unit test fails without any mutant: {failing}");
                return 1;
            }
        }

        var report = new SampleReport();
        foreach (var mutant in Drawn(domain, settings))
        {
            if (EquivalentMutants.ReasonOf(mutant) is not null)
            {
                report.Equivalent++;
                continue;
            }

            if (domain.Image(mutant) is not { } image)
            {
                report.DoNotCompile++;
                continue;
            }

            var verdict = new Verdict(
                mutant, await unitTests.KillerAsync(image, mutant.Folder), await simulation.KillerAsync(image));
            Console.WriteLine(verdict);
            report.Add(verdict);
            report.Write();
            if (report.Tried == settings.Mutants)
            {
                break;
            }
        }

        Console.WriteLine(report.Table());
        return 0;
    }

    private static Mutant[] Drawn(MutatedDomain domain, SampleSettings settings)
    {
        Mutant[] mutants =
        [
            .. domain.Mutants(settings.Folders)
                .Where(mutant => mutant.ToString().Contains(settings.Text, StringComparison.Ordinal)),
        ];
        new Random(settings.Seed).Shuffle(mutants);
        return mutants;
    }
}
