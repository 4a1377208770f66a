using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Unions;

/// <summary>
/// The compiler does not know that our unions are closed. A switch that names two or more cases of one has to name them all
/// and end in a throw, so that a new case fails here and not as a payment treated like another.
/// </summary>
public static class UnionSwitches
{
    public static IEnumerable<string> Violations(SourceFile file, IReadOnlyList<Union> unions)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var found = node switch
            {
                SwitchExpressionSyntax expression => Check(expression, unions),
                SwitchStatementSyntax statement => Check(statement, unions),
                _ => null,
            };
            if (found is not null)
            {
                yield return file.At(node, found);
            }
        }
    }

    private static string? Check(SwitchExpressionSyntax expression, IReadOnlyList<Union> unions)
    {
        var names = expression.Arms.SelectMany(arm => Names(arm.Pattern));
        var last = expression.Arms.LastOrDefault();
        var endsInThrow = last is { Pattern: DiscardPatternSyntax, WhenClause: null, Expression: ThrowExpressionSyntax thrown }
            && ThrowsUnreachable(thrown.Expression);
        return Check(names, unions, endsInThrow);
    }

    private static string? Check(SwitchStatementSyntax statement, IReadOnlyList<Union> unions)
    {
        var labels = statement.Sections.SelectMany(section => section.Labels).ToList();
        var names = labels.SelectMany(label => label switch
        {
            CasePatternSwitchLabelSyntax pattern => Names(pattern.Pattern),
            CaseSwitchLabelSyntax constant => Name(constant.Value),
            _ => [],
        });
        var fallback = statement.Sections.FirstOrDefault(section => section.Labels.OfType<DefaultSwitchLabelSyntax>().Any());
        var endsInThrow = fallback?.Statements[0] is ThrowStatementSyntax thrown && ThrowsUnreachable(thrown.Expression);
        return Check(names, unions, endsInThrow);
    }

    private static string? Check(
        IEnumerable<(string? Qualifier, string Name)> patterns, IReadOnlyList<Union> unions, bool endsInThrow)
    {
        var named = patterns.Distinct().ToList();
        var candidates = (
            from union in unions
            let cases = named.Where(name => Belongs(name, union)).Select(name => name.Name).ToHashSet()
            where cases.Count >= 2
            orderby cases.Count descending, union.Cases.Count
            select (Union: union, Missing: union.Cases.Except(cases).Order(StringComparer.Ordinal).ToList())).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        // Two unions may share the names of cases: one that is complete is the one that is meant.
        var (meant, missing) = candidates.OrderBy(candidate => candidate.Missing.Count > 0).First();
        return missing.Count > 0 ? $"the switch over {meant.Name} does not name {string.Join(", ", missing)}"
            : endsInThrow ? null
            : $"the switch over {meant.Name} does not end in throw new UnreachableException()";
    }

    private static bool Belongs((string? Qualifier, string Name) name, Union union) =>
        union.Cases.Contains(name.Name) && (name.Qualifier is null || union.Homes.Contains(name.Qualifier));

    private static IEnumerable<(string?, string)> Names(PatternSyntax pattern) => pattern switch
    {
        DeclarationPatternSyntax declaration => Name(declaration.Type),
        RecursivePatternSyntax { Type: { } type } => Name(type),
        TypePatternSyntax type => Name(type.Type),
        ConstantPatternSyntax constant => Name(constant.Expression),
        ParenthesizedPatternSyntax inner => Names(inner.Pattern),
        BinaryPatternSyntax both => Names(both.Left).Concat(Names(both.Right)),
        _ => [],
    };

    private static IEnumerable<(string?, string)> Name(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax simple => [(null, simple.Identifier.Text)],
        QualifiedNameSyntax qualified => [(Last(qualified.Left), qualified.Right.Identifier.Text)],
        MemberAccessExpressionSyntax member => [(Last(member.Expression), member.Name.Identifier.Text)],
        _ => [],
    };

    private static string Last(ExpressionSyntax expression) => expression.ToString().Split('.')[^1].Split('<')[0];

    private static bool ThrowsUnreachable(ExpressionSyntax? thrown) =>
        thrown is ObjectCreationExpressionSyntax { Type: var type } && Last(type) == "UnreachableException";
}
