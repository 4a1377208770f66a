using System.Reflection;

namespace RouterCluster.Tidy.Tests.Unions;

public abstract record Shape
{
    public sealed record Circle : Shape;

    public sealed record Square : Shape;
}

public static class Shapes
{
    public sealed record Triangle : Shape;
}

public abstract class NotARecord;

public sealed class UnionSwitchesTests
{
    private static readonly Union[] Samples =
    [
        new("Shape", new HashSet<string> { "Circle", "Square", "Triangle" }, new HashSet<string> { "Shape", "Shapes" }),
        new("Answer", new HashSet<string> { "Circle", "Refused" }, new HashSet<string> { "Answer" }),
    ];

    [Fact]
    public void Switches_over_unions_name_every_case_and_end_in_a_throw()
    {
        var unions = Union.In(Assembly.Load("RouterCluster.Domain"));
        var sources = Repository.Sources.Where(file =>
            file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Project is "RouterCluster.Domain" or "RouterCluster.Node");

        Expect.None(sources.SelectMany(file => UnionSwitches.Violations(file, unions)));
    }

    [Fact]
    public void Unions_are_abstract_records_with_sealed_cases_wherever_they_are_declared()
    {
        var union = Assert.Single(Union.In(typeof(Shape).Assembly));

        Assert.Equal("Shape", union.Name);
        Assert.Equal(["Circle", "Square", "Triangle"], union.Cases.Order());
        Assert.Equal(["Shape", "Shapes"], union.Homes.Order());
    }

    [Theory]
    [InlineData("x switch { Circle c => 1, Square => 2, _ => throw new UnreachableException() }", "does not name Triangle")]
    [InlineData("x switch { Shape.Circle => 1, Shape.Square { } => 2, Shapes.Triangle => 3, _ => 4 }", "does not end in throw")]
    [InlineData("x switch { Circle => 1, Square => 2, Triangle => 3 }", "does not end in throw")]
    [InlineData("x switch { Circle or Square => 1, Triangle => 2, _ => throw new Exception() }", "does not end in throw")]
    public void A_switch_expression_with_a_hole_is_found(string expression, string expected) =>
        Assert.Contains(expected, Assert.Single(Violations($"class A {{ int B(Shape x) => {expression}; }}")));

    [Theory]
    [InlineData("case Circle c: break; case Square: break; default: throw new UnreachableException();", "does not name Triangle")]
    [InlineData("case Circle: break; case Square: break; case Triangle t: break; default: break;", "does not end in throw")]
    [InlineData("case Circle: break; case Square: break; case Triangle t: break;", "does not end in throw")]
    public void A_switch_statement_with_a_hole_is_found(string sections, string expected) =>
        Assert.Contains(expected, Assert.Single(Violations($"class A {{ void B(Shape x) {{ switch (x) {{ {sections} }} }} }}")));

    [Theory]
    [InlineData("x switch { Shape.Circle => 1, (Square or Triangle) => 2, _ => throw new UnreachableException() }")]
    [InlineData("x switch { Circle => 1, Refused { Why: 3 } => 2, _ => throw new D.UnreachableException(\"x\") }")]
    [InlineData("x switch { Circle => 1, _ => 2 }")]
    [InlineData("x switch { Colour.Circle => 1, Colour.Square => 2 }")]
    [InlineData("x switch { 1 => 1, \"Circle\" => 2, null => 3, _ => 4 }")]
    public void A_complete_switch_and_one_over_something_else_are_let_be(string expression) =>
        Assert.Empty(Violations($"class A {{ int B(object x) => {expression}; }}"));

    private static IEnumerable<string> Violations(string source) =>
        UnionSwitches.Violations(new SourceFile("src/RouterCluster.Domain/A.cs", source), Samples);
}
