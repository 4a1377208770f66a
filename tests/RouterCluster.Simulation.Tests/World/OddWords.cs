using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>A word that is off in one thing, and says the opposite of the truth: whoever believes it loses money.</summary>
internal static class OddWords
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <param name="moved">The truth; null: nobody has decided.</param>
    public static Word Of(Word word, bool? moved, Chance chance)
    {
        var lie = moved ?? chance.Of(0.5)
            ? word with { Status = Word.Failed, Code = "51", Reference = null }
            : word with { Status = Word.Succeeded, Code = "00", Reference = SignedWords.Reference };
        return chance.Below(8) switch
        {
            0 => lie with { Amount = lie.Amount + 1 },
            1 => lie with { Amount = lie.Amount * 100 },
            2 => lie with { Currency = "USD" },
            3 => lie with { OrderNo = Other(lie.OrderNo) },
            4 => lie with { IsSigned = false },
            5 => lie with { Age = Year },
            6 => lie with { Age = TimeSpan.FromMinutes(chance.Of(0.5) ? 6 : -6) },
            _ => lie with { Code = lie.Status == Word.Failed ? "00" : "51" },
        };
    }

    /// <summary>The number of the payment's next attempt, mostly.</summary>
    private static string Other(string orderNo) => orderNo[..^1] + (orderNo[^1] == '9' ? '0' : (char)(orderNo[^1] + 1));
}
