using System.Collections.Immutable;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Counters;

/// <summary>How often a channel's reports had one code, with one class.</summary>
/// <param name="Class">Null for counts from before classes were counted by code.</param>
/// <param name="Share">Of all the channel's reports in the same time, 0-1.</param>
/// <param name="IsNew">The day before has none of the code.</param>
/// <param name="IsUnmapped">The company's own code, and no table says what it means, so that money may be unknown.</param>
public sealed record CountedCode(string Code, string? Class, long Count, double Share, bool IsNew, bool IsUnmapped);

public sealed record BankCounts(string Bank, long Attempts, long Succeeded, long Failed, long Faults, long Unresolved);

/// <summary>
/// A channel's codes and banks by the counters; <c>other</c> is the sum of all that have no counter of their own.
/// </summary>
public static class CodeDistribution
{
    private const string Codes = "code";
    private const string CodesWithClass = "code_class";
    private const string Banks = "channel_bank";
    private const string Count = "count";

    /// <summary>A pattern of Redis for the fields that are needed of a channel.</summary>
    public static string PatternOf(ChannelId channel) => $"c*:{channel.Value}/*";

    /// <summary>New codes first, then unmapped ones, then the most frequent.</summary>
    /// <param name="before">Codes of the day before; null: there are no counters of it, so that nothing is called new.</param>
    public static ImmutableArray<CountedCode> Of(
        ChannelId channel, IReadOnlyDictionary<CounterField, long> sums, IReadOnlySet<string>? before)
    {
        var counts = OfChannel(channel, sums, Codes).Where(one => one.What == Count)
            .ToDictionary(one => one.Name, one => one.Sum);
        var classes = OfChannel(channel, sums, CodesWithClass).ToLookup(one => one.Name, one => (Class: one.What, one.Sum));
        var all = (double)counts.Values.Sum();
        var codes =
            from code in counts
            from part in Parts(code.Value, [.. classes[code.Key]])
            select new CountedCode(
                code.Key, part.Class, part.Sum, part.Sum / all,
                IsNew: before?.Contains(code.Key) == false && code.Key != CountedNames.Other,
                IsUnmapped: part.Class == OutcomeClass.Unknown.Name() && IsTheirs(code.Key));
        return
        [
            .. codes.OrderByDescending(code => code.IsNew).ThenByDescending(code => code.IsUnmapped)
                .ThenByDescending(code => code.Count).ThenBy(code => code.Code, StringComparer.Ordinal)
                .ThenBy(code => code.Class, StringComparer.Ordinal),
        ];
    }

    /// <summary>The codes that a channel had in a longer time and outside a part of it; null: it had none.</summary>
    public static IReadOnlySet<string>? Outside(
        ChannelId channel, IReadOnlyDictionary<CounterField, long> longer, IReadOnlyDictionary<CounterField, long> part)
    {
        var codes = OfChannel(channel, longer, Codes)
            .Where(one => one.Sum > part.GetValueOrDefault(new CounterField(Codes, $"{channel.Value}/{one.Name}", one.What)))
            .Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return codes.Count == 0 ? null : codes;
    }

    /// <summary>The banks with the most failures first.</summary>
    public static ImmutableArray<BankCounts> BanksOf(ChannelId channel, IReadOnlyDictionary<CounterField, long> sums)
    {
        var banks = OfChannel(channel, sums, Banks).GroupBy(
            one => one.Name,
            (bank, counts) =>
            {
                var of = counts.ToDictionary(one => one.What, one => one.Sum);
                return new BankCounts(
                    bank, of.GetValueOrDefault("attempts"), of.GetValueOrDefault("succeeded"), of.GetValueOrDefault("failed"),
                    of.GetValueOrDefault("faults"), of.GetValueOrDefault("unresolved"));
            });
        return [.. banks.OrderByDescending(bank => bank.Failed).ThenBy(bank => bank.Bank, StringComparer.Ordinal)];
    }

    /// <summary>What was counted without a class, as an earlier version did, is a part of its own.</summary>
    private static IEnumerable<(string? Class, long Sum)> Parts(long count, IReadOnlyList<(string Class, long Sum)> classes)
    {
        foreach (var (name, sum) in classes)
        {
            yield return (name, sum);
        }

        var rest = count - classes.Sum(one => one.Sum);
        if (rest > 0)
        {
            yield return (null, rest);
        }
    }

    /// <summary>Ours are in lower case, such as <c>timeout</c>.</summary>
    private static bool IsTheirs(string code) => !char.IsAsciiLetterLower(code[0]);

    private static IEnumerable<(string Name, string What, long Sum)> OfChannel(
        ChannelId channel, IReadOnlyDictionary<CounterField, long> sums, string dimension)
    {
        var prefix = $"{channel.Value}/";
        return from sum in sums
               where sum.Key.Dimension == dimension && sum.Value > 0
                   && sum.Key.Name.StartsWith(prefix, StringComparison.Ordinal) && sum.Key.Name.Length > prefix.Length
               select (sum.Key.Name[prefix.Length..], sum.Key.What, sum.Value);
    }
}
