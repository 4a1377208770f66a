using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// Routers are told of each submit once that it began, and under its own number how it ended. The truth about an end comes
/// at most once, and nothing comes after it.
/// </summary>
/// <remarks>Law 7.2.</remarks>
internal static class S19SignalsAreTrue
{
    public static void Dispatched(SignalFacts facts, SubmitSignal signal)
    {
        if (signal.Number <= facts.LastNumber)
        {
            throw Violation(facts, $"number {signal.Number} comes after {facts.LastNumber}");
        }

        if (!facts.Sent.TryDequeue(out var orderNo))
        {
            throw Violation(facts, $"a submit is told, and none was sent: {signal}");
        }

        facts.LastNumber = signal.Number;
        facts.Submits[signal.Number] = new SubmitFacts(orderNo, signal);
    }

    public static void Ended(SignalFacts facts, SubmitSignal signal)
    {
        var submit = Of(facts, signal);
        if (submit.HasEnded || submit.IsCorrected)
        {
            throw Violation(facts, $"{submit.OrderNo} ends once more: {signal}");
        }

        submit.HasEnded = true;
    }

    public static void Corrected(SignalFacts facts, SubmitSignal signal, PaymentFacts payment)
    {
        var submit = Of(facts, signal);
        if (submit.IsCorrected)
        {
            throw Violation(facts, $"{submit.OrderNo} is corrected once more: {signal}");
        }

        submit.IsCorrected = true;
        if (signal.Verdict == CallVerdict.Success != (payment.MovedBy == submit.OrderNo) && !payment.IsContradicted)
        {
            throw Violation(facts, $"{submit.OrderNo} is corrected to {signal}, and its money was moved by {payment.MovedBy}");
        }
    }

    public static string OrderNo(SignalFacts facts, SubmitSignal signal) => Of(facts, signal).OrderNo;

    private static SubmitFacts Of(SignalFacts facts, SubmitSignal signal)
    {
        if (!facts.Submits.TryGetValue(signal.Number, out var submit))
        {
            throw Violation(facts, $"nobody knows of submit {signal.Number}: {signal}");
        }

        var began = submit.Began;
        if ((began.Product, began.Bank, began.Source) != (signal.Product, signal.Bank, signal.Source))
        {
            throw Violation(facts, $"{submit.OrderNo} began as {began}, and its news is {signal}");
        }

        return submit;
    }

    private static InvariantViolation Violation(SignalFacts facts, string what) =>
        new("S19", null, $"signals are true: {facts.Name}: {what}");
}

/// <summary>What one owner of a channel has sent, and what it has told routers of that.</summary>
internal sealed class SignalFacts(string name)
{
    public string Name => name;

    /// <summary>Order numbers that left and that routers were not told of yet, in order.</summary>
    public Queue<string> Sent { get; } = new();

    public Dictionary<long, SubmitFacts> Submits { get; } = [];

    public long LastNumber { get; set; }
}

internal sealed class SubmitFacts(string orderNo, SubmitSignal began)
{
    public string OrderNo => orderNo;

    public SubmitSignal Began => began;

    public bool HasEnded { get; set; }

    public bool IsCorrected { get; set; }
}
