using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The node's data directory, held while the node runs. SQLite serves one node: a second one in the same directory would
/// take the first one's books away and spend its channels' budgets twice. The system lets go of it with the process.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string LockName = "node.lock";
    private readonly FileStream? _held;

    private DataDirectory(FileStream? held) => _held = held;

    /// <exception cref="StartUpException">It cannot be used.</exception>
    public static DataDirectory Claim(string path, StorageProvider provider)
    {
        try
        {
            PrivateFiles.CreateDirectory(path);
            PrivateFiles.CreateFile(Path.Combine(path, LockName));
            return new DataDirectory(provider == StorageProvider.Sqlite
                ? new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException(
                "router.data-dir", $"\"{path}\"", "a directory that can be written and that no other node uses", exception);
        }
    }

    public void Dispose() => _held?.Dispose();
}
