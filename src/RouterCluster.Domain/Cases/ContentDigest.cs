using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

/// <summary>
/// Covers everything that people decide upon, so that an approver can state what was shown, and nothing that a restart
/// changes: times count in whole milliseconds, as they are stored.
/// </summary>
public static class ContentDigest
{
    private const char Separator = '\u001f';

    /// <summary>Lower-case hex of SHA-256 over the payment's state, attempts, cases and decisions.</summary>
    public static string Of(Payment payment)
    {
        var text = new StringBuilder();
        Add(text, payment.Id, payment.State, payment.Failure?.Class, payment.Failure?.Code, payment.Failure?.Channel);
        foreach (var attempt in payment.Attempts)
        {
            var outcome = attempt.Outcome;
            Add(text, "attempt", attempt.No, attempt.Channel, attempt.OrderNo, attempt.State, attempt.DecidedBy);
            Add(text, outcome.Class, outcome.Landing, outcome.Code, outcome.ChannelOrderNo);
            Add(text, attempt.Claim?.Class, attempt.Claim?.Code);
        }

        foreach (var known in payment.Cases)
        {
            Add(text, "case", known.Reason, known.AttemptNo, known.Evidence, known.OpenedAt, known.DecidedBy);
        }

        foreach (var approved in payment.Proposals.Where(proposal => proposal.State == ProposalState.Approved))
        {
            Add(text, "decided", approved.No);
        }

        return Hash(text);
    }

    public static string Of(
        string content, int no, ProposedOutcome outcome, int attemptNo, Person by, string reason, string evidence,
        DateTimeOffset expiresAt)
    {
        var text = new StringBuilder();
        Add(text, content, no, outcome, attemptNo, by.Name, by.TokenMark, reason, evidence, expiresAt);
        return Hash(text);
    }

    public static string Of(Payment payment, Proposal proposal) => Of(
        Of(payment), proposal.No, proposal.Outcome, proposal.AttemptNo, proposal.By, proposal.Reason, proposal.Evidence,
        proposal.ExpiresAt);

    /// <summary>Each part with its length, so that different lists have different text.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            Add(text, part);
        }

        return Hash(text);
    }

    private static void Add(StringBuilder text, params ReadOnlySpan<object?> parts)
    {
        foreach (var part in parts)
        {
            var written = part switch
            {
                null => "",
                DateTimeOffset time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                Enum number => number.ToString("D"),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => part.ToString() ?? "",
            };
            text.Append(written.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(written).Append(Separator);
        }
    }

    private static string Hash(StringBuilder text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
}
