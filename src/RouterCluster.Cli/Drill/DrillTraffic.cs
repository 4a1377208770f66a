using System.Globalization;
using System.Text.Json.Nodes;
using RouterCluster.Api;

namespace RouterCluster.Cli.Drill;

/// <summary>Payments of the demo's merchant, at a steady rate, until it is stopped.</summary>
internal sealed class DrillTraffic(DemoNode node, double perSecond, TimeProvider time)
{
    private static readonly string[] Banks = ["ICBC", "CCB", "ABC", "BOC"];
    private static readonly string[] Products = ["withhold", "payout"];

    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture, $"drill-{time.GetUtcNow().ToUnixTimeMilliseconds()}-");

    private int _number;
    private int _accepted;
    private int _refused;

    public DrillPayments Sums => new(_accepted, _refused);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond), time);
        var running = new List<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                running.RemoveAll(task => task.IsCompletedSuccessfully);
                running.Add(PayAsync(0, stop));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    /// <returns>Null: it was refused, or stopped before its answer came.</returns>
    public async Task<PaymentBody?> PayAsync(int waitSeconds, CancellationToken stop)
    {
        try
        {
            var payment = await node.PayAsync(Next(), waitSeconds, stop);
            Interlocked.Increment(ref payment is null ? ref _refused : ref _accepted);
            return payment;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Each payment has an account of its own: the same one twice would be a case of its own kind.</summary>
    private JsonObject Next()
    {
        var number = Interlocked.Increment(ref _number);
        var account = (time.GetUtcNow().ToUnixTimeSeconds() % 10_000_000) + number;
        return new JsonObject
        {
            ["order_no"] = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number}"),
            ["product"] = Products[number % Products.Length],
            ["amount"] = 1000 + (number * 7919 % 90_000),
            ["currency"] = "CNY",
            ["account"] = new JsonObject
            {
                ["number"] = string.Create(CultureInfo.InvariantCulture, $"62{account:D10}{number % 10_000:D4}"),
                ["holder"] = "Zhang San",
                ["bank"] = Banks[number / Products.Length % Banks.Length],
            },
        };
    }
}
