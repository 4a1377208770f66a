using RouterCluster.Domain.Cases;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Cases;

internal static class CaseRefusals
{
    public static readonly Refusal DecisionUnanswered = new(
        503, "unavailable", "Whether it was done is not known", "Ask again: what was done already is not done twice.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Refusal OfList(BulkRefusal why, int most) => why switch
    {
        BulkRefusal.NothingMatches => new(409, "nothing_matches", "No case fits the filter"),
        BulkRefusal.TooMany => new(422, "too_many", "The list is too long", $"At most {most} payments; narrow the filter."),
        BulkRefusal.SeveralCurrencies => new(
            422, "several_currencies", "The payments are of several currencies", "Their amounts have no sum."),
    };
}
