namespace RouterCluster.Simulation.Tests.PlantedBugs;

/// <summary>The bugs that the simulation has to see. Each is one that a payment router has had somewhere.</summary>
internal static class Bugs
{
    private const string Books = "RouterCluster.Domain/Books/";
    private const string Lanes = "RouterCluster.Domain/Lanes/";
    private const string Payments = "RouterCluster.Domain/Payments/";
    private const string Channels = "RouterCluster.Domain/Channels/";
    private const string Wire = "RouterCluster.Channels/";

    public static readonly PlantedBug[] All =
    [
        new("a timeout counts as not landed, and the payment goes on", Channels + "OutcomeLaw.cs",
            "=> outcome.Landing != Landing.Maybe && IsFailureClass(outcome.Class);",
            "=> (outcome.Landing != Landing.Maybe && IsFailureClass(outcome.Class)) || outcome.Code == \"timeout\";",
            "S11", "S3", "S4"),
        new("an order of which nothing is heard is sent again", Books + "PaymentBook.Attempts.cs",
            "plan.Asked(now, _agenda.Answers(attempt.Channel));",
            "plan.Asked(now, _agenda.Answers(attempt.Channel)); "
            + "_commits.AfterCommit(new BookEffect.Submit(OrderOf(entry.Payment, attempt)));",
            "S2"),
        new("not found is believed at once", Books + "QueryPlan.cs",
            "return _agreeing >= policy.NotFoundAgreeing", "return _agreeing >= 1 || _agreeing >= policy.NotFoundAgreeing",
            "S11", "S3", "S4"),
        new("the fingerprint of a repeated number is ignored", Books + "PaymentBook.Requests.cs",
            "if (payment.Content.Fingerprint != request.Content.Fingerprint)",
            "if (payment.Content.OrderNo != request.Content.OrderNo)",
            "S12"),
        new("two requests with one number at once are both accepted", Books + "PaymentBook.Requests.cs",
            "else if (_accepting.Contains(request.Id) || _lookUps.ContainsKey(request.Id))",
            "else if (_lookUps.ContainsKey(request.Id))",
            "S12", "InvalidOperationException"),
        new("a number that left memory is new again", Books + "PaymentBook.Memory.cs",
            "_seen.Add(oldest.Id);", "",
            "S1", "S12"),
        new("a permit is returned at once when its connection may linger", Lanes + "Permits.cs",
            "if (linger > TimeSpan.Zero)", "if (linger > TimeSpan.FromHours(1))",
            "S5"),
        new("a new owner's bucket is full", Lanes + "TokenBucket.cs",
            "private double _tokens;", "private double _tokens = burst;",
            "S6"),
        new("a call of an earlier time moves the breaker", Lanes + "Breaker.cs",
            "if (permit.Generation != Generation)", "if (permit.Generation > Generation)",
            "S9"),
        new("an open breaker lets calls through", Lanes + "Lane.cs",
            "(_breaker.IsClosed || _breaker.FreeProbes > 0)", "(_breaker.State != BreakerState.Isolated)",
            "S9"),
        new("a disabled channel's lane goes on", Lanes + "Lane.cs",
            "(_, Intake.Closed) => LaneRefusal.Disabled,", "(_, Intake.Closed) => null,",
            "S16"),
        new("a channel is chosen for a bank it does not serve", Channels + "ChannelTerms.cs",
            ": !Banks.Contains(AnyBank) && (bank is null || !Banks.Contains(bank)) ? Unfit.Bank",
            ": Banks.Contains(\"none\") ? Unfit.Bank",
            "S16"),
        new("a notice is believed without its signature", Wire + "HttpJson/HttpJsonSignature.cs",
            "return CryptographicOperations.FixedTimeEquals(claimed, hash);", "return true;",
            "S10", "S11"),
        new("a notice of another amount is believed", Books + "PaymentBook.Hearing.cs",
            ": payment.Content.Amount.Minor != notice.Amount.Minor ? NoticeFate.WrongAmount", "",
            "S10", "S11"),
        new("late truth overwrites a final state", Payments + "PaymentDecider.Evidence.cs",
            "? PaymentDecision.Of(opened)\n", "? PaymentDecision.Of(opened, new PaymentSucceeded(at))\n",
            "S10"),
    ];
}
