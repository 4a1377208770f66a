namespace RouterCluster.Benchmarks.Operator;

/// <summary>What an operator asks and does at three in the morning; the actions of a round undo each other.</summary>
internal static class DrillCommands
{
    private const string Reason = "--reason";
    private const string Why = "drill at three in the morning";

    public static readonly DrillCommand Floor = new("start of the program alone", (_, _) => ["--version"]) { LeastRows = 0 };

    public static readonly IReadOnlyList<DrillCommand> Questions =
    [
        new("how are the channels", (_, _) => ["channels"]) { LeastRows = OperatorOptions.LeastChannels },
        new("which channels are in trouble", (_, _) => ["check", "channels"]) { MayFind = true },
        new("is everything else well", (_, _) => ["check"]) { MayFind = true, LeastRows = 5 },
        new("what is unknown, how much, how old", (_, _) => ["unknown"]),
        new("where is the payment: our id", (scene, _) => ["payment", scene.Stored.Id.Value]),
        new(
            "the merchant's number",
            (scene, _) => ["payment", scene.Stored.Content.OrderNo, "--merchant", scene.Stored.Content.Merchant.Value]),
        new("our number at the channel", (scene, _) => ["find", scene.Stored.Attempts[^1].OrderNo]),
        new("the channel's number", (scene, _) => ["find", scene.ChannelNumber]),
        new("a number of any merchant's", (scene, _) => ["find", scene.Stored.Content.OrderNo]),
        new("what is its story", (scene, _) => ["payment", scene.Stored.Id.Value, "--timeline"]) { LeastRows = 4 },
        new("why was it routed so", (scene, _) => ["explain", scene.Stored.Id.Value]) { LeastRows = 2 },
        new(
            "failed ones of a merchant, last hour, by amount",
            (_, _) =>
            [
                "payments", "--merchant", OperatorWorld.Merchants[0], "--state", "failed", "--since", "1h",
                "--min-amount", "10000",
            ]),
        new(
            "all of a bank above 10,000.00",
            (_, _) => ["payments", "--bank", OperatorWorld.Banks[0], "--min-amount", "1000000", "--since", "30d"]),
        new(
            "the same of a bank with few payments",
            (_, _) => ["payments", "--bank", OperatorWorld.RareBank, "--min-amount", "1000000", "--since", "30d"])
        {
            LeastRows = 0,
        },
        new(
            "all of a code at a channel",
            (_, _) => ["payments", "--channel", OperatorWorld.Busy, "--code", "54", "--since", "1d"]),
        new("new codes of a channel", (_, _) => ["codes", OperatorWorld.Busy, "--since", "1h"]),
        new("what changed most in the last minutes", (_, _) => ["top"]) { LeastRows = 0 },
        new("what has happened in the last hour", (_, _) => ["events", "--since", "1h"]),
        new("what has happened in 30 days", (_, _) => ["events", "--since", "30d"]),
        new("what has happened to a channel", (scene, _) => ["events", "--since", "30d", "--channel", scene.DarkIn(0)]),
        new("who did what", (_, _) => ["audit"]),
        new("what is overridden", (scene, _) => ["channel", "show", scene.Usual(0), "--origin"]),
        new("what is alerted", (_, _) => ["alerts"]),
        new("who owns what", (_, _) => ["cluster"]),
        new("are the leases kept", (_, _) => ["check", "leases"]),
        new("what would happen without the channel", (_, _) => ["channel", "disable", OperatorWorld.Busy, "--dry-run"]),
        new("or with half its weight", (_, _) => ["channel", "set", OperatorWorld.Busy, "--weight", "0.5", "--dry-run"]),
        new("what is planned", (_, _) => ["maintenance", "list"]) { LeastRows = 0 },
        new("what waits for people", (_, _) => ["cases"]),
        new("which policies are in force", (_, _) => ["policies"]) { LeastRows = 0 },
        new("which webhooks went out", (_, _) => ["webhooks"]),
    ];

    public static readonly IReadOnlyList<DrillCommand> Actions =
    [
        new("disable", (scene, _) => ["channel", "disable", scene.Usual(0), "--for", "2h", Reason, Why]),
        new("enable", (scene, _) => ["channel", "enable", scene.Usual(0), Reason, Why]),
        new("drain", (scene, _) => ["channel", "drain", scene.Usual(1), "--for", "30m", Reason, Why]),
        new("set budget", (scene, _) => ["channel", "set", scene.Usual(2), "--concurrency", "8", "--rate", "50", Reason, Why]),
        new("reset", (scene, _) => ["channel", "reset", scene.Usual(2), Reason, Why]),
        new(
            "exclude a bank",
            (scene, _) => ["channel", "exclude", scene.Usual(3), "--bank", OperatorWorld.Banks[0], "--for", "2h", Reason, Why])
        {
            Learn = (scene, channel) => scene.LearnExclusion(channel),
        },
        new("remove the exclusion", (scene, _) => ["channel", "include", scene.Usual(3), scene.Exclusion, Reason, Why]),
        new(
            "plan maintenance",
            (scene, _) =>
            [
                "maintenance", "add", scene.Usual(4), "--days", "sunday", "--from", "23:30", "--until", "01:00", Reason, Why,
            ])
        {
            Learn = (scene, planned) => scene.LearnMaintenance(planned),
        },
        new("remove maintenance", (scene, _) => ["maintenance", "remove", scene.Maintenance, Reason, Why]),
        new("mute", (scene, _) => ["mute", scene.Alert, "--for", "30m", Reason, Why]),
        new("unmute", (scene, _) => ["unmute", scene.Alert]),
        new("ask now about a payment", (scene, _) => ["unknown", "ask", scene.Unknown.Id.Value, Reason, Why]),
        new("ask now about a channel", (scene, round) => ["unknown", "ask", "--channel", scene.DarkIn(round), Reason, Why]),
        new("cancel", (scene, _) => ["cancel", scene.Unsent, Reason, Why]),
        new("change a policy", (scene, round) => ["config", "apply", scene.PolicyIn(round), Reason, Why]),
    ];
}
