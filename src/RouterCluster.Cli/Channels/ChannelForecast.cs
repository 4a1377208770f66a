using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Channels;

/// <summary>Changes of which a node can say what they would do to the last hour's payments.</summary>
internal static class ChannelForecast
{
    private const string Unknown = "not known";

    private static readonly ColumnTable<ForecastItemBody> Items = new ColumnTable<ForecastItemBody>()
        .Label("Merchant", item => item.Merchant)
        .Label("Product", item => item.Product)
        .Number("Payments", item => $"{item.Payments}", rank: 4)
        .Number("Would move", item => $"{item.Moving}", rank: 1)
        .Number("Amount", item => Amounts.Of(item.MovingAmount, item.Currency), rank: 5)
        .Label("To", item => DisplayText.List([.. item.To.Select(Share)]), rank: 2)
        .Number("To none", item => $"{item.WithoutChannel}", rank: 3)
        .Number("Success now", item => DisplayText.Percent(item.SuccessBefore), rank: 7)
        .Number("Then", item => DisplayText.Percent(item.SuccessAfter), rank: 6);

    private static readonly ColumnTable<ForecastTargetBody> Targets = new ColumnTable<ForecastTargetBody>()
        .Label("Channel", target => target.Channel)
        .Number("Payments", target => $"{target.Payments}", rank: 2)
        .Number("More a second", target => DisplayText.Number(target.PerSecond), rank: 3)
        .Number("Free a second", target => target.FreeRatePerSecond is { } free ? DisplayText.Number(free) : null, rank: 4)
        .Number("More calls", target => target.Concurrency is { } calls ? DisplayText.Number(calls) : null, rank: 5)
        .Number("Free calls", target => $"{target.FreeConcurrency}", rank: 6)
        .Number("Success", target => DisplayText.Percent(target.SuccessRate), rank: 7)
        .Label("Room", Room, rank: 1, target => new Style(target.Enough == false ? Color.Yellow : Color.Default));

    private static readonly View<ChannelBody> Changed = new(ApiJson.Default.ChannelBody, ChannelView.Show);

    /// <summary>Has the change made and shows the channel, or with --dry-run only what it would do.</summary>
    /// <param name="lasts">For how long the change is made; null: until it is taken back.</param>
    public static Task<int> AskAsync(
        VerbRun run, ParseResult parsed, Option<bool> dryRun, RouterRequest change, string? lasts,
        CancellationToken cancellation) =>
        parsed.GetValue(dryRun)
            ? run.AskAsync(
                parsed, change with { Path = $"{change.Path}?dry_run=true" },
                new View<ForecastBody>(ApiJson.Default.ForecastBody, (screen, forecast) => Show(screen, forecast, lasts)),
                cancellation)
            : run.AskAsync(parsed, change, Changed, cancellation);

    private static void Show(IAnsiConsole screen, ForecastBody forecast, string? lasts)
    {
        var facts = new FactList().Fact("Channel", forecast.Channel);
        foreach (var change in forecast.Changes)
        {
            facts.Fact(
                change.What,
                change.Now == change.Then && lasts is null
                    ? $"{change.Now} (stays)"
                    : $"{change.Now} -> {ChannelArguments.Planned(change.Then, lasts)}");
        }

        var held = forecast.HeldBack;
        facts
            .Fact("Payments looked at", $"{forecast.Payments} since {DisplayText.Moment(forecast.Since)}")
            .Fact("Would move", $"{forecast.Moving} ({DisplayText.Percent(forecast.MovingShare)})")
            .Fact("Success", $"{DisplayText.Percent(forecast.SuccessBefore)} -> {DisplayText.Percent(forecast.SuccessAfter)}")
            .Fact("Queued there", $"{Sum(held.Queued, held.Currency)}; {Fate(held.QueuedGo)}")
            .Fact("In flight", Sum(held.InFlight, held.Currency))
            .Fact("Unknown", Sum(held.Unknown, held.Currency));
        facts.Show(screen);
        ShowMoves(screen, forecast);
        foreach (var left in forecast.LeftWithoutChannel)
        {
            screen.Say($"{left.Merchant} is left without a channel for {left.Product}.", new Style(Color.Red));
        }

        foreach (var why in forecast.NotKnown)
        {
            screen.Say($"Not known: {why}", new Style(decoration: Decoration.Dim));
        }

        screen.SayNothingChanged();
    }

    private static void ShowMoves(IAnsiConsole screen, ForecastBody forecast)
    {
        if (forecast.Items.Count > 0)
        {
            screen.Heading("By merchant and product");
            Items.Show(screen, forecast.Items);
        }

        if (forecast.Targets.Count > 0)
        {
            screen.Heading("Where they would go");
            Targets.Show(screen, forecast.Targets);
        }
    }

    private static string Share(ForecastShareBody to) => $"{to.Channel} {DisplayText.Percent(to.Share)}";

    private static string Sum(ForecastSumBody sum, string? currency)
    {
        var count = sum.Count is { } known ? $"{known}" : Unknown;
        return sum.Amount is { } amount ? $"{count}, {Amounts.OfAny(amount, currency)}" : count;
    }

    private static string Fate(string queuedGo) => queuedGo switch
    {
        "elsewhere" => "they would go elsewhere",
        "covered_elsewhere" => "those excluded would go elsewhere",
        "to_the_channel" => "they would still be sent",
        _ => queuedGo,
    };

    private static string Room(ForecastTargetBody target) => target.Enough switch
    {
        true => "enough",
        false => "too little",
        null => Unknown,
    };
}
