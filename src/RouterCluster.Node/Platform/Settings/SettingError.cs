namespace RouterCluster.Node.Platform.Settings;

/// <summary>One wrong setting in one line, without secrets.</summary>
public sealed record SettingError(string Key, string Value, string Allowed)
{
    public override string ToString() => $"{Key}: {Value}, allowed is {Allowed}";
}
