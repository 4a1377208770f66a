namespace RouterCluster.Simulation.Tests.Law;

/// <summary>By what a channel's company speaks: an answer to an order, an answer to a question, or a notice.</summary>
internal enum WordPhase
{
    Submit,
    Query,
    Notice,
}

/// <summary>What bytes say of an order: its company's words, or somebody's in the company's name.</summary>
/// <param name="Channel">At whose address, or on whose connection, the bytes arrive.</param>
/// <param name="Status">As in the contract, section 3.</param>
/// <param name="Amount">In minor units.</param>
internal sealed record Word(WordPhase Phase, string Channel, string OrderNo, string Status, string Code, long Amount)
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Processing = "processing";
    public const string NotFound = "not_found";
    public const string TooFast = "TOO_FAST";

    public string Currency { get; init; } = "CNY";

    /// <summary>The company's own number of the order.</summary>
    public string? Reference { get; init; }

    /// <summary>Signed with the secret that the company shares with the router.</summary>
    public bool IsSigned { get; init; } = true;

    /// <summary>How old the time is that the signature covers.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>The account that speaks is the one to which the order was sent.</summary>
    public bool IsOfItsAccount { get; init; } = true;

    /// <summary>The number of the question that it answers.</summary>
    public long Question { get; init; }

    /// <summary>Whether it speaks of this very order, as far as bytes can show that.</summary>
    public bool IsAbout(string orderNo, long amount) =>
        IsSigned && Age.Duration() <= TimeSpan.FromMinutes(5) && OrderNo == orderNo
        && (Status == NotFound || (Amount == amount && Currency == "CNY"));
}
