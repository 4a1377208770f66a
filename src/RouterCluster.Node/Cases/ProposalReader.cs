using System.Text.Json;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

/// <summary>Reads proposals, approvals and rejections. The book stamps their time.</summary>
internal static class ProposalReader
{
    private const int LongestReason = 500;
    private const int LongestEvidence = 2000;
    private const int DigestLetters = 64;
    private const int ShortestCard = 13;
    private const int LongestCard = 19;

    private static readonly string[] ProposalNames = ["outcome", "reason", "evidence"];
    private static readonly string[] ApprovalNames = ["digest", "reason"];
    private static readonly string[] RejectionNames = ["reason"];

    private static readonly ProposedOutcome[] Outcomes = Enum.GetValues<ProposedOutcome>();

    public static readonly TextRule Outcome = TextRule.OneOf([.. Outcomes.Select(outcome => outcome.Name())]);

    public static readonly TextRule Reason = Words(LongestReason);

    public static readonly TextRule Evidence = Words(LongestEvidence);

    public static readonly TextRule Digest = new(
        $"must be {DigestLetters} hex digits, as the proposal shows them",
        text => text.Length == DigestLetters && text.All(char.IsAsciiHexDigitLower))
    {
        Shape = new TextShape(DigestLetters, DigestLetters, "^[0-9a-f]*$"),
    };

    public static ProposeDecision? ReadProposal(JsonElement json, (Person By, TimeSpan ExpiresAfter) state, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", ProposalNames, errors);
        var outcome = fields.Text("outcome", Outcome, isRequired: true);
        var reason = fields.Text("reason", Reason, isRequired: true);
        var evidence = fields.Text("evidence", Evidence, isRequired: true);
        return errors.Any
            ? null
            : new ProposeDecision(default, state.By, Known(outcome!), reason!, evidence!, state.ExpiresAfter);
    }

    /// <summary>The digest may be left out: the number names a proposal that never changes.</summary>
    public static ApproveDecision ReadApproval(JsonElement json, (Person By, int No) state, FieldErrors errors)
    {
        var (digest, reason) = ReadApproval(json, errors, isDigestRequired: false);
        return new ApproveDecision(default, state.No, state.By, digest, reason);
    }

    public static RejectDecision ReadRejection(JsonElement json, (Person By, int No) state, FieldErrors errors) =>
        new(default, state.No, state.By, ReadReason(json, errors, isRequired: false));

    public static (string? Digest, string? Reason) ReadApproval(JsonElement json, FieldErrors errors, bool isDigestRequired)
    {
        var fields = new ObjectFields(json, "", ApprovalNames, errors);
        return (fields.Text("digest", Digest, isDigestRequired), fields.Text("reason", Reason, isRequired: false));
    }

    public static string? ReadReason(JsonElement json, FieldErrors errors, bool isRequired) =>
        new ObjectFields(json, "", RejectionNames, errors).Text("reason", Reason, isRequired);

    public static ProposedOutcome Known(string outcome) => Outcomes.First(known => known.Name() == outcome);

    // At least one visible character; line feeds, and no other control character.
    private const string WordsPattern = $"^{LetterOrFeed}*{Visible}{LetterOrFeed}*$";
    private const string LetterOrFeed = @"[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]";
    private const string Visible = @"[^\s\u0000-\u001f\u007f-\u009f]";

    /// <summary>Texts of people are kept for years and shown to many, so they must not hold card numbers.</summary>
    private static TextRule Words(int longest) => new(
        $"must be 1 to {longest} characters, not all of them blank, without control characters and card numbers",
        text => TextRule.IsAtMost(text, longest) && !string.IsNullOrWhiteSpace(text) && NameOf(text) is null)
    {
        Shape = new TextShape(1, longest, WordsPattern),
        Names = NameOf,
    };

    private static string? NameOf(string text) => text.Contains('\r')
        ? "contains a carriage return; a line ends with a line feed alone"
        : TextRule.NameOfControl(text.Replace("\n", "", StringComparison.Ordinal))
            ?? (HoldsCardNumber(text) ? "contains a card number" : null);

    private static bool HoldsCardNumber(string text)
    {
        for (var from = 0; from < text.Length; from++)
        {
            var digits = text.AsSpan(from).IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - from : digits;
            if (digits is >= ShortestCard and <= LongestCard && IsLuhn(text.AsSpan(from, digits)))
            {
                return true;
            }

            from += digits;
        }

        return false;
    }

    private static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = digits[^(at + 1)] - '0';
            var counted = at % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }
}
