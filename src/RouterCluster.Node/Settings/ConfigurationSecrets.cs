using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

/// <summary>Divides the settings of a channel or merchant into secrets and all others.</summary>
internal static class ConfigurationSecrets
{
    /// <summary>A list with a secret anywhere in it is a secret as a whole: nothing tells its elements apart.</summary>
    public static (SettingNode.Section Secrets, SettingNode.Section Others) Divide(SettingNode? node)
    {
        var (secrets, others) = (ConfigurationLayers.Empty.Children, ConfigurationLayers.Empty.Children);
        foreach (var (key, child) in (node as SettingNode.Section ?? ConfigurationLayers.Empty).Children)
        {
            if (IsSecret(key, child))
            {
                secrets = secrets.Add(key, child);
            }
            else if (child is SettingNode.Section section && HasSecret(section))
            {
                var (hidden, plain) = Divide(section);
                (secrets, others) = (secrets.Add(key, hidden), others.Add(key, plain));
            }
            else
            {
                others = others.Add(key, child);
            }
        }

        return (new SettingNode.Section(secrets), new SettingNode.Section(others));
    }

    private static bool IsSecret(string key, SettingNode node) =>
        SettingLog.IsSecret(key) || (node is SettingNode.Items list && list.Elements.Any(HasSecret));

    private static bool HasSecret(SettingNode node) => node switch
    {
        SettingNode.Section section => section.Children.Any(child => IsSecret(child.Key, child.Value) || HasSecret(child.Value)),
        SettingNode.Items list => list.Elements.Any(HasSecret),
        _ => false,
    };
}
