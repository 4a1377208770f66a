using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>What a payment company wants to say, whatever its wire format.</summary>
public enum Meaning
{
    Succeeded,
    Processing,
    CustomerFunds,
    Maintenance,
    TooFast,
    DuplicateNo,
    NotFound,

    /// <summary>A failure with a code that no table lists.</summary>
    UnlistedFailure,

    /// <summary>Parts of the answer that exclude each other, a success with a decline's code for instance.</summary>
    Contradiction,
}

/// <summary>What is wrong with an answer.</summary>
public enum Flaw
{
    None,
    WrongSignature,
    NoSignature,
    DoubledProperty,
    NotReadable,
    TooLarge,
}

/// <summary>An answer about an order, in words that every protocol has.</summary>
/// <param name="ClockDifference">How far the company's clock is ahead of ours.</param>
/// <param name="Merchant">Whom the company says it speaks to; null: it does not say.</param>
public sealed record PspAnswer(
    Meaning Meaning, string OrderNo, Money Amount, DateTimeOffset Now, Flaw Flaw = Flaw.None, TimeSpan ClockDifference = default,
    string? Message = null, string? ChannelOrderNo = "C2026", string? Merchant = null);
