namespace RouterCluster.Simulator.Channels;

/// <summary>The names of modes in JSON; no naming policy turns Error500 into error_500.</summary>
internal static class SettingNames
{
    public static readonly IReadOnlyList<(string Name, ChannelMode Value)> Modes =
    [
        ("ok", ChannelMode.Ok), ("hang", ChannelMode.Hang), ("refuse", ChannelMode.Refuse),
        ("reset_before", ChannelMode.ResetBefore), ("reset_after", ChannelMode.ResetAfter),
        ("lost_response", ChannelMode.LostResponse), ("error_500", ChannelMode.Error500),
        ("bad_signature", ChannelMode.BadSignature), ("wrong_amount", ChannelMode.WrongAmount),
        ("throttle", ChannelMode.Throttle), ("maintenance", ChannelMode.Maintenance),
        ("processing", ChannelMode.Processing),
    ];

    public static readonly IReadOnlyList<(string Name, NotifyMode Value)> NotifyModes =
    [
        ("none", NotifyMode.None), ("once", NotifyMode.Once), ("twice", NotifyMode.Twice), ("early", NotifyMode.Early),
    ];

    public static string Of<T>(IReadOnlyList<(string Name, T Value)> names, T value)
        where T : struct, Enum =>
        names.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Name;
}
