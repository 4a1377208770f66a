using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <summary>Green is well, yellow is changing, red is broken, blue is an operator's doing.</summary>
internal static class Colours
{
    public static Style OfLifecycle(string lifecycle) => lifecycle switch
    {
        "active" => new Style(Color.Green),
        "draining" => new Style(Color.Yellow),
        "disabled" or "retired" => new Style(Color.Blue),
        "no_owner" => new Style(Color.Red),
        _ => Style.Plain,
    };

    public static Style OfMember(string status) => new(status == "up" ? Color.Green : Color.Yellow);

    public static Style OfOutage(string level) => new(level == "down" ? Color.Red : Color.Yellow);

    public static Style OfBreaker(string breaker) => breaker switch
    {
        "closed" => new Style(Color.Green),
        "half_open" => new Style(Color.Yellow),
        "open" => new Style(Color.Red),
        "isolated" => new Style(Color.Blue),
        _ => Style.Plain,
    };

    public static Style OfState(string state) => state switch
    {
        "succeeded" => new Style(Color.Green),
        "failed" or "returned" => new Style(Color.Red),
        "suspended" or "action_required" or "unknown" => new Style(Color.Yellow),
        _ => Style.Plain,
    };

    public static Style OfWebhook(string state) => state switch
    {
        "delivered" => new Style(Color.Green),
        "pending" => new Style(Color.Yellow),
        "failed" or "held" => new Style(Color.Red),
        _ => Style.Plain,
    };
}
