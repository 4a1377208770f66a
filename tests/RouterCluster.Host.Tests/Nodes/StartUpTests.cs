using System.Net.Sockets;
using RouterCluster.Actors.Storage;
using RouterCluster.Host.Node;

namespace RouterCluster.Host.Tests.Nodes;

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
    public void A_taken_port_names_its_setting()
    {
        var settings = TestNode.Settings("");
        var taken = new IOException("Failed to bind", new SocketException((int)SocketError.AddressAlreadyInUse));
        Assert.StartsWith("router.http.url: ", StartUpException.Of(taken, settings)!.Message, StringComparison.Ordinal);
        Assert.Null(StartUpException.Of(new InvalidOperationException("a bug"), settings));
    }
}
