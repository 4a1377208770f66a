namespace RouterCluster.Api;

/// <summary>
/// Counters from <paramref name="Since"/> to <paramref name="Until"/> that are far from those of the
/// <paramref name="MinutesBefore"/> before; without such minutes nothing can be compared.
/// </summary>
public sealed record MoversBody(
    DateTimeOffset Since, DateTimeOffset Until, int MinutesBefore, IReadOnlyList<MoverBody> Items);

/// <summary>
/// One counter, named as in <c>src/docs/counters.md</c>; <paramref name="Deviations"/> are standard deviations from what the
/// time before made one expect, negative when it is less.
/// </summary>
public sealed record MoverBody(
    string Dimension, string Name, string What, double BeforePerMinute, double NowPerMinute, double Deviations);
