using System.Diagnostics;
using System.Globalization;

namespace RouterCluster.Domain.Channels;

/// <summary>Times at which operators let a channel have no new payments.</summary>
/// <param name="Bank">Only payments of this bank; null: all.</param>
public sealed record MaintenancePlan(MaintenanceWindow Window, string? Bank)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>A mistyped year would stay in the list for as long.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>Null: the plan makes sense.</summary>
    public PlanFault? FaultAt(DateTimeOffset now)
    {
        if (Window.Next(now) is not { } next)
        {
            return PlanFault.Over;
        }

        if (next.Until - next.From > Longest)
        {
            return PlanFault.TooLong;
        }

        return next.From - now > Furthest ? PlanFault.TooFar : null;
    }

    /// <summary>Such as <c>bank ICBC, sunday 02:00-04:00 Asia/Shanghai</c>.</summary>
    public override string ToString()
    {
        var times = Window switch
        {
            MaintenanceWindow.Once once => string.Create(
                CultureInfo.InvariantCulture, $"{once.From:yyyy-MM-ddTHH:mm} to {once.Until:yyyy-MM-ddTHH:mm} {once.Zone.Id}"),
            MaintenanceWindow.Weekly weekly => string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(' ', weekly.DayNames)} {weekly.From:HH:mm}-{weekly.Until:HH:mm} {weekly.Zone.Id}"),
            _ => throw new UnreachableException(),
        };
        return Bank is null ? times : $"bank {Bank}, {times}";
    }
}

public enum PlanFault
{
    /// <summary>It ends before now, or falls wholly into an hour that summer time leaves out.</summary>
    Over,

    TooLong,

    TooFar,
}

/// <summary>As routers hear of it.</summary>
public readonly record struct NumberedPlan(int No, MaintenancePlan Plan);
