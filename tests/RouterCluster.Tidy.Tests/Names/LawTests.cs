using System.Text.RegularExpressions;

namespace RouterCluster.Tidy.Tests.Names;

/// <summary>A clause of the law that nobody keeps, or that no referee judges, is a wish.</summary>
public sealed partial class LawTests
{
    private const string Referee = "tests/RouterCluster.Simulation.Tests/";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "src/docs/law.md"));

    private static IReadOnlyList<string> Clauses => [.. Row().Matches(Page).Select(row => row.Groups["clause"].Value)];

    [Fact]
    public void Every_clause_is_kept_at_a_place_of_the_code_that_names_it() =>
        Expect.None(Clauses.Except(Named("src/", ".cs")));

    [Fact]
    public void Every_clause_is_judged_by_the_referee() =>
        Expect.None(Clauses.Except(Named(Referee, ".cs")).Except(Numbers().Select(clause => clause.Number)));

    [Fact]
    public void Every_clause_of_the_referee_is_one_of_the_law_and_breaks_somewhere()
    {
        var referee = string.Join('\n', Repository.Sources
            .Where(file => file.Path.StartsWith(Referee, StringComparison.Ordinal)).Select(file => file.Text));
        Expect.None(Numbers().Select(clause => clause.Number).Except(Clauses));
        Expect.None(Numbers().Select(clause => clause.Name).Where(name =>
            !Regex.IsMatch(referee, $@"(LawBroken\(\s*|MustAnswer\([^;]*|\? )Clause\.{name}\b", RegexOptions.Singleline)));
    }

    /// <summary>A referee that asked the judged for the rules would repeat their mistakes.</summary>
    [Fact]
    public void The_referee_shares_no_code_with_what_it_judges() => Expect.None(Repository.Sources
        .Where(file => file.Path.StartsWith(Referee + "Law/", StringComparison.Ordinal))
        .Where(file => Regex.IsMatch(file.Text, @"RouterCluster\.(Domain|Channels|Node)|\.World\b|\.Invariants\b"))
        .Select(file => file.Path));

    [Fact]
    public void Every_clause_has_a_way_to_lose_money_that_it_prevents() =>
        Expect.None(Clauses.Except(In(File.ReadAllText(Path.Combine(Repository.Root, "src/docs/failure-modes.md")))));

    [Fact]
    public void Nothing_names_a_clause_that_there_is_not() =>
        Expect.None(Named("src/", ".cs").Union(Named(Referee, ".cs")).Except(Clauses));

    private static IEnumerable<string> Named(string folder, string extension) => Repository.Sources
        .Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)
            && file.Path.EndsWith(extension, StringComparison.Ordinal))
        .SelectMany(file => In(file.Text));

    private static IEnumerable<string> In(string text) =>
        Mention().Matches(text).SelectMany(mention => mention.Groups["clauses"].Value.Split(", "));

    private static IEnumerable<(string Name, string Number)> Numbers()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, Referee, "Law/Clause.cs"));
        return Member().Matches(text).Select(member =>
        {
            var number = int.Parse(member.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
            return (member.Groups["name"].Value, $"{number / 100}.{number % 100}");
        });
    }

    [GeneratedRegex(@"^\| (?<clause>\d+\.\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b[Ll]aw (?<clauses>\d+\.\d+(, \d+\.\d+)*)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^\s+(?<name>[A-Z]\w+) = (?<number>\d{3}),", RegexOptions.Multiline)]
    private static partial Regex Member();
}
