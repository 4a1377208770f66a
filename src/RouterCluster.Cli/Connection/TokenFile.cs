namespace RouterCluster.Cli.Connection;

/// <summary>A file with a token, which nobody but its owner may read.</summary>
internal static class TokenFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    /// <summary>Null, with the <paramref name="mistake"/>, when there is no token to be had from it.</summary>
    public static string? Read(string path, out string mistake)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                mistake = $"{path} may be read or written by others: chmod 600 {path}";
                return null;
            }

            var token = File.ReadAllText(path).Trim();
            mistake = token.Length == 0 ? $"{path} holds no token" : "";
            return token.Length == 0 ? null : token;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistake = $"the token's file cannot be read: {failure.Message}";
            return null;
        }
    }
}
