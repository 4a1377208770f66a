using System.Text.Json;
using System.Text.Json.Serialization;

namespace RouterCluster.Cli.Connection;

/// <summary>An environment that somebody has given a name. No token is kept, only where one is read.</summary>
/// <param name="Live">Changes are asked about before they are made.</param>
internal sealed record SavedContext(string Url, string? TokenFile, bool Live);

/// <param name="Current">The one in use when none is named.</param>
internal sealed record SavedContexts(string? Current, SortedDictionary<string, SavedContext> Contexts)
{
    public static SavedContexts None => new(null, new SortedDictionary<string, SavedContext>(StringComparer.Ordinal));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SavedContexts))]
internal sealed partial class ContextJson : JsonSerializerContext;

/// <summary>
/// The user's contexts: <c>routerctl/contexts.json</c> in XDG's folder for configurations, readable by the user alone.
/// </summary>
internal sealed class ContextFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    private readonly string _path;

    private ContextFile(string path) => _path = path;

    /// <summary>Null: the environment has no folder for it.</summary>
    public static ContextFile? Of(Func<string, string?> variable)
    {
        var folder = variable("XDG_CONFIG_HOME") is { } given && Path.IsPathRooted(given) ? given : null;
        folder ??= variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config") : null;
        return folder is null ? null : new ContextFile(Path.Combine(folder, "routerctl", "contexts.json"));
    }

    /// <exception cref="ContextFileException">It cannot be read.</exception>
    public SavedContexts Read()
    {
        try
        {
            return File.Exists(_path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), ContextJson.Default.SavedContexts) ?? SavedContexts.None
                : SavedContexts.None;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ContextFileException($"{_path} cannot be read: {failure.Message}");
        }
    }

    /// <summary>Writes a new file and puts it in the old one's place, so that no reader sees a half.</summary>
    /// <exception cref="ContextFileException">It cannot be written.</exception>
    public void Write(SavedContexts contexts)
    {
        var next = $"{_path}.new";
        try
        {
            CreateFolder(Path.GetDirectoryName(_path)!);
            File.Delete(next);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnersFile;
            }

            using (var file = new FileStream(next, options))
            {
                JsonSerializer.Serialize(file, contexts, ContextJson.Default.SavedContexts);
            }

            File.Move(next, _path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ContextFileException($"{_path} cannot be written: {failure.Message}");
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }
    }
}

/// <summary>With a message for the user.</summary>
internal sealed class ContextFileException(string message) : Exception(message);
