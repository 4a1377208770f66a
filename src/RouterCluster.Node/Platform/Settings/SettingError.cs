namespace RouterCluster.Node.Platform.Settings;

/// <summary>One wrong setting, as one line. Secrets are never in it.</summary>
public sealed record SettingError(string Key, string Value, string Allowed)
{
    public override string ToString() => $"{Key}: {Value}, allowed is {Allowed}";
}
