using System.Diagnostics;
using Akka.Configuration;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Benchmarks;

/// <summary>
/// Two durable writes a payment, nothing else: (a) the books against (b) what a team would write first, on the same
/// storage in the same run; once more with the plugin as their writer. One client alone shows how near a payment is to
/// what its two commits cost.
/// </summary>
internal static class BooksSuite
{
    public static readonly Suite Suite = new(
        "books", "(a) books with group commit against (b) one persistent entity per payment", IsDefault: true, RunAsync);

    private const int Clients = 1024;
    private const int Books = 4;
    private const int RowBytes = 420;

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(options, async storage =>
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            var stock = await EntityPerPaymentLoad.RunStockAsync(
                await storage.NewAsync("entities"), Clients, options.Duration, storage.Processes);
            Tell(storage, "(b) one entity per payment, stock plugin", stock.ToString());
            var tuned = await EntityPerPaymentLoad.RunTunedAsync(
                await storage.NewAsync("entities"), Clients, options.Duration, storage.Processes);
            Tell(storage, "(b) the same, plugin with our settings", tuned.ToString());
            await RunBooksAsync(BookWriter.Plugin, Clients, "(a) 4 books, plugin as writer");
            var books = await RunBooksAsync(BookWriter.Router, Clients, "(a) 4 books, own writer");
            Tell(storage, "(a) / (b) of the stock plugin", Ratio(books, stock));
            Tell(storage, "(a) / (b) with our settings", Ratio(books, tuned));
            await RunBooksAsync(BookWriter.Plugin, 1, "one client alone, plugin as writer");
            await RunBooksAsync(BookWriter.Router, 1, "one client alone, own writer");
            Tell(storage, "two commits, driver alone", await TwoCommitsAsync(await storage.NewAsync("driver"), options.Duration));
        }

        async Task<LoadFigures> RunBooksAsync(BookWriter writer, int clients, string what)
        {
            var address = await storage.NewAsync("books");
            var figures = await BookLoad.RunAsync(
                address, writer, Books, clients, options.Duration, storage.Processes);
            Tell(storage, what, figures.ToString());
            return figures;
        }
    });

    private static string Ratio(LoadFigures books, LoadFigures entities) =>
        FormattableString.Invariant($"{books.PerSecond / entities.PerSecond,9:N1}");

    private static void Tell(StorageUnderTest storage, string what, string figures) =>
        Console.WriteLine($"{storage.Name,-10}  {what,-40} {figures}");

    /// <summary>What the two writes of a payment cost on the connection itself: no actor, no codec.</summary>
    private static async Task<string> TwoCommitsAsync(StorageAddress address, TimeSpan duration)
    {
        var journal = ConfigurationFactory.ParseString(JournalHocon.For(address, BookJournal.ClassName))
            .GetConfig(JournalHocon.JournalId(JournalHocon.Books));
        await EntityPerPaymentLoad.CreateTableAsync(address);
        using var table = JournalTable.Open(
            journal.GetString("provider-name"), journal.GetString("connection-string"), "books_journal",
            TimeSpan.FromSeconds(10));
        var latencies = new List<double>();
        var started = Stopwatch.StartNew();
        for (var number = 1; started.Elapsed < duration; number += 2)
        {
            var begin = started.Elapsed;
            table.Append([Row(number)]);
            table.Append([Row(number + 1)]);
            latencies.Add((started.Elapsed - begin).TotalMilliseconds);
        }

        latencies.Sort();
        var (perSecond, p50) = (latencies.Count / duration.TotalSeconds, latencies[latencies.Count / 2]);
        return FormattableString.Invariant($"{perSecond,9:N0} payments/s   p50 {p50,7:N2} ms");
    }

    private static JournalRow Row(long number) => new("driver", number, new byte[RowBytes], 4201, "BR1", "writer", 0);
}
