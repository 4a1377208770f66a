using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The node's data directory, locked while the process runs. SQLite serves one node: a second node in the same directory
/// would take over the first one's books and spend its channels' budgets twice.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string LockName = "node.lock";
    private readonly FileStream? _held;

    private DataDirectory(FileStream? held) => _held = held;

    /// <exception cref="StartUpException">The directory cannot be written, or another node uses it.</exception>
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
