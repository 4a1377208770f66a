using System.Runtime.Versioning;
using RouterCluster.Node.Platform.Secrets;

namespace RouterCluster.Node.Tests.Platform.Secrets;

[SupportedOSPlatform("linux")]
public sealed class EncryptionKeysTests : IDisposable
{
    private readonly string _dataDir = Directory.CreateTempSubdirectory("router-keys-").FullName;

    private string KeyFile => Path.Combine(_dataDir, "encryption.key");

    public void Dispose() => Directory.Delete(_dataDir, recursive: true);

    [Fact]
    public void Without_a_configured_key_one_is_generated_once_and_for_its_owner_alone()
    {
        var first = EncryptionKeys.Load(null, _dataDir, liveMode: false);
        var second = EncryptionKeys.Load(" ", _dataDir, liveMode: false);

        Assert.Equal(first.CheckValue, second.CheckValue);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(_dataDir));
    }

    [Fact]
    public void A_data_folder_that_is_not_there_yet_is_made()
    {
        var nested = Path.Combine(_dataDir, "new", "folder");
        EncryptionKeys.Load(null, nested, liveMode: false);
        Assert.True(File.Exists(Path.Combine(nested, "encryption.key")));
    }

    [Fact]
    public void A_configured_key_wins_and_touches_no_file()
    {
        EncryptionKeys.Load(Key(1), _dataDir, liveMode: false);
        Assert.False(File.Exists(KeyFile));

        var generated = EncryptionKeys.Load(null, _dataDir, liveMode: false);
        Assert.NotEqual(generated.CheckValue, EncryptionKeys.Load(Key(1), _dataDir, liveMode: false).CheckValue);
    }

    [Fact]
    public void Live_mode_refuses_a_generated_key_even_where_one_lies()
    {
        EncryptionKeys.Load(null, _dataDir, liveMode: false);
        Assert.Throws<EncryptionKeyException>(() => EncryptionKeys.Load(null, _dataDir, liveMode: true));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData(",")]
    public void What_is_no_key_of_32_bytes_is_refused_without_being_shown(string configured)
    {
        var failure = Assert.Throws<EncryptionKeyException>(() => EncryptionKeys.Load(configured, _dataDir, liveMode: false));
        Assert.StartsWith("router.encryption-key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_named_twice_is_refused() =>
        Assert.Throws<EncryptionKeyException>(() => EncryptionKeys.Load($"{Key(1)},{Key(1)}", _dataDir, liveMode: true));

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());
}
