using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Akka.Configuration;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Settings;

/// <summary>Digests of the sections that every node of a cluster must have alike: of secrets too, unreadable.</summary>
internal static class SettingDigests
{
    private const int Shown = 12;

    private static readonly (string Name, string[] Sections)[] Parts =
    [
        ("channels", ["channels", "channel-defaults", "maintenance-defaults"]),
        ("merchants", ["merchants", "merchant-defaults", "merchant-key-defaults"]),
        ("policies", ["policies", "policy-defaults", "route-defaults"]),
    ];

    public static JoinStamp StampOf(Config config, NodeSettings node, StorageStamp storage, EncryptionKeys keys)
    {
        var tree = SettingNode.Over(SettingNode.From(config), SettingNode.From(SettingsSource.Reference));
        var router = (tree as SettingNode.Section)?.Children.GetValueOrDefault("router") as SettingNode.Section
            ?? SettingNode.Section.Empty;
        return JoinStamp.Of(
        [
            new("router.environment", node.Environment),
            new("router.books", node.Books.ToString(CultureInfo.InvariantCulture)),
            new("router.encryption-key", Digest(string.Join(',', keys.CheckValues.Order(StringComparer.Ordinal)))),
            .. Parts.Select(part => KeyValuePair.Create($"router.{part.Name}", Digest(TextOf(router, part.Sections)))),
            new("router.storage.connection-string", Digest(Convert.ToHexString(storage.IdSalt.Span))),
        ]);
    }

    private static string Digest(string text) =>
        $"#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Shown]}";

    private static string TextOf(SettingNode.Section router, string[] sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            Append(text, section, router.Children.GetValueOrDefault(section));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string path, SettingNode? node)
    {
        switch (node)
        {
            case SettingNode.Section section:
                foreach (var (key, child) in section.Children)
                {
                    Append(text, $"{path}.{key}", child);
                }

                break;
            case SettingNode.Items list:
                for (var index = 0; index < list.Elements.Length; index++)
                {
                    Append(text, $"{path}[{index}]", list.Elements[index]);
                }

                break;
            case SettingNode.Scalar scalar:
                text.Append(path).Append('=').Append(scalar.Value).Append('\n');
                break;
        }
    }
}
