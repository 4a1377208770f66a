using System.Net.Sockets;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>What keeps a well-formed configuration from working is said in one line.</summary>
public sealed class StartUpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("router-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_node_on_sqlite_does_not_start_in_the_same_directory()
    {
        using (DataDirectory.Claim(_folder, StorageProvider.Sqlite))
        {
            var refused = Assert.Throws<StartUpException>(() => DataDirectory.Claim(_folder, StorageProvider.Sqlite));
            Assert.StartsWith($"router.data-dir: \"{_folder}\", allowed is ", refused.Message, StringComparison.Ordinal);
            DataDirectory.Claim(_folder, StorageProvider.PostgreSql).Dispose();
        }

        DataDirectory.Claim(_folder, StorageProvider.Sqlite).Dispose();
    }

    [Fact]
    public void A_file_is_no_directory()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Throws<StartUpException>(() => DataDirectory.Claim(file, StorageProvider.Sqlite));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void What_is_kept_on_disk_is_for_its_owner_alone_also_where_it_was_not()
    {
        var data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);
        File.WriteAllText(Path.Combine(data, "readmodel.db"), "");
        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.Combine(data, "readmodel.db"), (UnixFileMode)0b110_100_100);

        using (DataDirectory.Claim(data, StorageProvider.Sqlite))
        {
            JournalHocon.For(new StorageAddress(StorageProvider.Sqlite, null, data), BookJournal.ClassName);
            _ = RouterDatabase.Open(new StorageAddress(StorageProvider.Sqlite, null, data));
        }

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(data));
        Assert.All(
            Directory.GetFiles(data),
            file => Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_taken_port_names_its_setting()
    {
        var settings = TestNode.Settings("");
        var taken = new IOException("Failed to bind", new SocketException((int)SocketError.AddressAlreadyInUse));
        Assert.StartsWith("router.http.url: ", StartUpFaults.Of(taken, settings)!.Message, StringComparison.Ordinal);
        Assert.Null(StartUpFaults.Of(new InvalidOperationException("a bug"), settings));
    }
}
