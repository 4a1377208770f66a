using RouterCluster.Actors.Storage;
using RouterCluster.Benchmarks;
using RouterCluster.Benchmarks.Routing;
using RouterCluster.Testing;

if (args is ["routing", .. var rest])
{
    var seeds = rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
    RoutingSuite.Run(seeds, [.. rest.Skip(1).Select(rate => double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture))], Path.Combine("BenchmarkDotNet.Artifacts", "routing"));
    return;
}

if (args is ["decisions"])
{
    DecisionBenchmarks.Run();
    return;
}

var seconds = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10);
const int Clients = 1024;

var folder = Directory.CreateTempSubdirectory("routercluster-benchmark-").FullName;
try
{
    await CompareAsync("SQLite", name => StorageAddress.Sqlite(Directory.CreateDirectory(Path.Combine(folder, name)).FullName));
    await using var postgres = await PostgresServer.StartAsync();
    await postgres.CreateDatabaseAsync("books");
    await postgres.CreateDatabaseAsync("entities");
    await CompareAsync("PostgreSQL", name => StorageAddress.PostgreSql(postgres.ConnectionString(name), folder));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task CompareAsync(string storage, Func<string, StorageAddress> address)
{
    var entities = await EntityPerPaymentLoad.RunAsync(address("entities"), Clients, seconds);
    Console.WriteLine($"{storage,-10}  (b) one entity per payment   {entities}");
    var books = await BookLoad.RunAsync(address("books"), 4, Clients, seconds);
    Console.WriteLine($"{storage,-10}  (a) 4 books, group commit    {books}");
    Console.WriteLine(FormattableString.Invariant($"{storage,-10}  (a) / (b) = {books.PerSecond / entities.PerSecond:N1}"));
}
