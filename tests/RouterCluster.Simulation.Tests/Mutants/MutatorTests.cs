using Microsoft.CodeAnalysis.CSharp;

namespace RouterCluster.Simulation.Tests.Mutants;

public sealed class MutatorTests
{
    [Theory]
    [InlineData("if (a < b) { Go(); }", "if (!(a < b)) { Go(); }")]
    [InlineData("if (a < b) { Go(); }", "if (a <= b) { Go(); }")]
    [InlineData("if (a < b) { Go(); }", "if (a < b) { ; }")]
    [InlineData("if (!a) { Go(); }", "if (a) { Go(); }")]
    [InlineData("if (a) { return; }", ";")]
    [InlineData("var c = a && b;", "var c = a || b;")]
    [InlineData("var c = a && b;", "var c = b;")]
    [InlineData("var c = a && b;", "var c = a && !(b);")]
    [InlineData("var c = a == b;", "var c = a != b;")]
    [InlineData("var c = a is not null;", "var c = a is null;")]
    [InlineData("var c = a is 1 or 2;", "var c = a is 2;")]
    [InlineData("var c = a is { B: 1, C: 2 };", "var c = a is { B: 1 };")]
    [InlineData("var c = a + 1;", "var c = a - 1;")]
    [InlineData("var c = a + 1;", "var c = a + (1 - 1);")]
    [InlineData("var c = a ?? b;", "var c = b;")]
    [InlineData("var c = true;", "var c = false;")]
    [InlineData("var c = TimeSpan.Zero;", "var c = TimeSpan.FromHours(1);")]
    [InlineData("var c = a.Any(b);", "var c = a.All(b);")]
    [InlineData("var c = a with { B = 1, C = 2 };", "var c = a with { C = 2 };")]
    [InlineData("var c = Of(a, b);", "var c = Of(a);")]
    [InlineData("Go([a, b]);", "Go([b]);")]
    [InlineData("var c = a switch { 1 => 2, _ => 3 };", "var c = a switch { _ => 3 };")]
    [InlineData("var c = a switch { 1 when b => 2, _ => 3 };", "var c = a switch { 1 => 2, _ => 3 };")]
    public void A_rule_makes_this_change(string before, string after) => Assert.Contains(after, Changed(before));

    [Theory]
    [InlineData("throw new Exception(1 + 1);")]
    [InlineData("ArgumentNullException.ThrowIfNull(a);")]
    [InlineData("if (a) { throw b; }", "if (!(a)) { throw b; }")]
    [InlineData("var c = $\"{a + 1}\";")]
    public void What_is_for_people_is_left_alone(string before, params string[] others) => Assert.Equal(others, Changed(before));

    [Fact]
    public void A_mutant_tells_its_place_and_its_lines()
    {
        var tree = CSharpSyntaxTree.ParseText("class A\n{\n    bool B => c\n        && d;\n}\n", path: "src/Domain/Books/A.cs");
        var mutant = Mutator.Mutants(tree).Single(mutant => mutant.Rule == "and, or");
        Assert.Equal("src/Domain/Books/A.cs:4 [and, or] && d;  →  || d;", mutant.ToString());
        Assert.Equal("Books", mutant.Folder);
        Assert.Equal("class A\n{\n    bool B => c\n        || d;\n}\n", mutant.Source);
    }

    private static IEnumerable<string> Changed(string statement)
    {
        const string Head = "class A { void B() { ";
        const string Tail = " } }";
        return Mutator.Mutants(CSharpSyntaxTree.ParseText(Head + statement + Tail, path: "src/Domain/Books/A.cs"))
            .Select(mutant => mutant.Source[Head.Length..^Tail.Length].Replace("  ", " ", StringComparison.Ordinal));
    }
}
