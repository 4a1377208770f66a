using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>A copy of this program, in which the domain's assembly is another one.</summary>
internal sealed class TestOutput : IDisposable
{
    private static readonly string This = typeof(TestOutput).Assembly.GetName().Name!;

    private readonly string _folder = Directory.CreateTempSubdirectory("mutants-").FullName;

    public TestOutput() => Add(This);

    public string Program => Path.Combine(_folder, $"{This}.dll");

    /// <summary>Copies what the build made of another project, too; gives the path of its assembly.</summary>
    public string Add(string project)
    {
        var built = AppContext.BaseDirectory.Replace(This, project, StringComparison.Ordinal);
        if (!File.Exists(Path.Combine(built, $"{project}.dll")))
        {
            throw new InvalidOperationException($"{project} is not built: {built} has no {project}.dll");
        }

        foreach (var file in Directory.EnumerateFiles(built))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        }

        return Path.Combine(_folder, $"{project}.dll");
    }

    public async Task PutDomainAsync(byte[] image) =>
        await File.WriteAllBytesAsync(Path.Combine(_folder, $"{typeof(Payment).Assembly.GetName().Name}.dll"), image);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
