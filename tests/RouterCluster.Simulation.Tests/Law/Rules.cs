namespace RouterCluster.Simulation.Tests.Law;

/// <summary>What a channel is configured to take.</summary>
internal sealed record Terms(
    string Channel, bool TakesWithholding, bool TakesPayouts, IReadOnlyCollection<string> Banks, long MinAmount, long MaxAmount,
    IReadOnlyCollection<string> Currencies)
{
    public bool Take(Order order) => (order.IsPayout ? TakesPayouts : TakesWithholding)
        && order.Amount >= MinAmount && order.Amount <= MaxAmount && Currencies.Contains(order.Currency)
        && (Banks.Contains("*") || (order.Bank is { } bank && Banks.Contains(bank)));
}

/// <summary>The settings that the law speaks of.</summary>
internal sealed record Rules(
    IReadOnlyList<Terms> Channels, int MaxAttempts, TimeSpan Hold, TimeSpan SuspendAfter, TimeSpan MaxClockSkew,
    TimeSpan QueueDeadline, TimeSpan SubmitTimeout, TimeSpan QueryTimeout, IReadOnlyList<TimeSpan> Schedule,
    TimeSpan NotFoundIsFinalAfter, int NotFoundAgreeing, int QueryCredit)
{
    /// <summary>A channel that takes the payment has not had it yet.</summary>
    public bool IsAnyLeft(PaymentRecord payment) => Channels.Any(terms => terms.Take(payment.Stored!.Order)
        && payment.Attempts.All(known => known.Channel != terms.Channel || known.Known.Landed == Landed.NotSent));

    public Terms Terms(string channel) => Channels.First(terms => terms.Channel == channel);
}
