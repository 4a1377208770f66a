using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>A copy of what the build made of a test project, in which the domain's assembly is another one.</summary>
internal sealed class TestOutput : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mutants-").FullName;
    private readonly string _project;

    public TestOutput(string project)
    {
        var here = typeof(TestOutput).Assembly.GetName().Name!;
        var built = AppContext.BaseDirectory.Replace(here, project, StringComparison.Ordinal);
        if (!File.Exists(Path.Combine(built, $"{project}.dll")))
        {
            throw new InvalidOperationException($"{project} is not built: {built} has no {project}.dll");
        }

        _project = project;
        foreach (var file in Directory.EnumerateFiles(built))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    public string Assembly => Path.Combine(_folder, $"{_project}.dll");

    public async Task PutDomainAsync(byte[] image) =>
        await File.WriteAllBytesAsync(Path.Combine(_folder, $"{typeof(Payment).Assembly.GetName().Name}.dll"), image);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
