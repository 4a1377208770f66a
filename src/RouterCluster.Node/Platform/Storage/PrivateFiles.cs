namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Files and folders that nobody but their owner may look into: they hold payments, and in sandbox mode the key of their
/// accounts. Those that earlier versions left readable are closed, as far as they are ours.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnFolder);
        Close(path, OwnFolder);
    }

    /// <summary>Where it is not there yet, empty.</summary>
    public static void CreateFile(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (!File.Exists(path))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = OwnFile,
            };
            using var made = new FileStream(path, options);
        }

        foreach (var file in new[] { path, $"{path}-wal", $"{path}-shm" }.Where(File.Exists))
        {
            Close(file, OwnFile);
        }
    }

    private static void Close(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == mode)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (UnauthorizedAccessException)
        {
            // It is somebody else's, who lets us use it: a mounted folder is closed by whoever mounts it.
        }
    }
}
