using System.Text.RegularExpressions;

namespace RouterCluster.Tidy.Tests.Names;

/// <summary>The page of what can go wrong is worth no more than the tests that it names.</summary>
public sealed partial class FailureModesTests
{
    [Fact]
    public void Every_test_that_the_page_names_is_where_it_says() =>
        Expect.None(Missing(File.ReadAllText(Path.Combine(Repository.Root, "src/docs/failure-modes.md"))));

    [Fact]
    public void A_test_that_has_moved_is_found()
    {
        Assert.Equal(["Nowhere/FailureModesTests"], Missing("| `Nowhere/FailureModesTests` |"));
        Assert.Empty(Missing("| `Names/FailureModesTests`, `Names/FailureModesTests.One_of_its_tests` |"));
    }

    private static IEnumerable<string> Missing(string page)
    {
        var tests = Repository.Sources
            .Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => string.Join('/', file.Path.Split('/')[2..]).Split('.')[0])
            .ToHashSet(StringComparer.Ordinal);
        return Named().Matches(page).Select(match => match.Groups["test"].Value).Where(test => !tests.Contains(test));
    }

    [GeneratedRegex(@"`(?<test>([A-Z]\w+/)+[A-Z]\w+)(\.\w+)?`")]
    private static partial Regex Named();
}
