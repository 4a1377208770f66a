using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Secrets;

/// <summary>
/// The ring of master keys, the oldest first. Every key opens the accounts that it sealed; the last one seals. The first
/// one makes fingerprints and the check value, so it stays first as long as the storage lives: rotation appends a key.
/// </summary>
public sealed class EncryptionKeys
{
    public const int KeyBytes = 32;
    private const string FileName = "encryption.key";

    private readonly IReadOnlyList<EncryptionKey> _keys;

    private EncryptionKeys(IReadOnlyList<EncryptionKey> keys) => _keys = keys;

    /// <summary>Kept in the storage: another value at start-up means another key, and unreadable accounts.</summary>
    public string CheckValue => _keys[0].CheckValue;

    /// <summary>One for every key of the ring, because each may have sealed accounts.</summary>
    public IReadOnlyCollection<string> CheckValues => [.. _keys.Select(key => key.CheckValue)];

    internal EncryptionKey Sealing => _keys[^1];

    internal EncryptionKey First => _keys[0];

    /// <param name="configured">Base64 of 32 bytes, or several with commas between, the oldest first.</param>
    /// <param name="dataDir">A key is generated here, once, when none is configured.</param>
    /// <param name="liveMode">Refuses a generated key, which would lie beside the data that it protects.</param>
    /// <exception cref="EncryptionKeyException">The key is missing or cannot be used.</exception>
    public static EncryptionKeys Load(string? configured, string dataDir, bool liveMode)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Parse(configured);
        }

        return liveMode
            ? throw new EncryptionKeyException("router.encryption-key is not set, and live mode takes no generated key.")
            : Parse(ReadOrGenerate(Path.Combine(dataDir, FileName)));
    }

    internal EncryptionKey? Find(uint id) => _keys.FirstOrDefault(key => key.Id == id);

    private static EncryptionKeys Parse(string text)
    {
        var keys = text.Split(',', StringSplitOptions.TrimEntries).Select(ParseKey).ToList();
        return keys.DistinctBy(key => key.Id).Count() == keys.Count
            ? new EncryptionKeys(keys)
            : throw new EncryptionKeyException("router.encryption-key names a key twice.");
    }

    private static EncryptionKey ParseKey(string text)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes
            ? new EncryptionKey(key)
            : throw new EncryptionKeyException($"router.encryption-key must be base64 of {KeyBytes} bytes.");
    }

    /// <summary>Written aside and moved into place, so that a crash leaves no half key and no second start another one.</summary>
    private static string ReadOrGenerate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Environment.ProcessId}";
            Write(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            try
            {
                File.Move(draft, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllText(path).Trim();
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}

/// <summary>The encryption key is missing or cannot be used; the message says which setting to change.</summary>
public sealed class EncryptionKeyException(string message) : Exception(message);
