using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Tidy.Tests.Names;

/// <summary>The analyzer says nothing about a line that names no symbol, and so lets through what it meant to ban.</summary>
public sealed class BannedSymbolsTests
{
    private static readonly CSharpCompilation Platform = CSharpCompilation.Create(
        "platform",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)));

    [Fact]
    public void Every_line_names_a_symbol_and_what_to_do_instead() =>
        Expect.None(Unknown(Repository.Read("src/BannedSymbols.txt")));

    [Theory]
    [InlineData("P:System.DateTime.Nowadays;Take the time from the command")]
    [InlineData("M:System.Threading.Tasks.Task.Run(System.Func);Actors bring their own threads")]
    [InlineData("P:System.DateTime.Now")]
    public void A_line_that_bans_nothing_or_gives_no_advice_is_found(string line) => Assert.Single(Unknown(line));

    private static IEnumerable<string> Unknown(string list) =>
        from line in list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split(';', 2)
        where parts.Length < 2 || DocumentationCommentId.GetSymbolsForDeclarationId(parts[0], Platform).IsEmpty
        select line;
}
