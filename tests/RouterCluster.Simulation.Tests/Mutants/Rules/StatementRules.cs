using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace RouterCluster.Simulation.Tests.Mutants.Rules;

/// <summary>Things that are done or told: left out.</summary>
internal static class StatementRules
{
    private const string Call = "removed call";
    private const string Guard = "removed guard";
    private const string Member = "value left out";
    private const string Case = "removed case";

    public static IEnumerable<Change> Of(SyntaxNode node) => node switch
    {
        ExpressionStatementSyntax statement => [Change.Of(Call, statement, ";")],
        MethodDeclarationSyntax { ExpressionBody: { } body } method when IsVoid(method) =>
            [Change.Of(Call, body.Expression, "_ = 0")],
        IfStatementSyntax { Else: null } guard when Leaves(guard.Statement) => [Change.Of(Guard, guard, ";")],
        InitializerExpressionSyntax initializer when IsOfNames(initializer) => initializer.Expressions.Select(part =>
            Change.Of(Member, initializer, $"{{ {Without(initializer.Expressions, part)} }}")),
        CollectionExpressionSyntax collection => collection.Elements.Select(part =>
            Change.Of(Member, collection, $"[{Without(collection.Elements, part)}]")),
        ArgumentListSyntax { Arguments.Count: > 1, Parent: InvocationExpressionSyntax } list => list.Arguments.Select(part =>
            Change.Of(Member, list, $"({Without(list.Arguments, part)})")),
        SwitchExpressionSyntax choice => choice.Arms
            .Where(arm => arm.Pattern is not DiscardPatternSyntax && arm.Expression is not ThrowExpressionSyntax)
            .Select(arm => new Change(Case, WithComma(arm), "")),
        _ => [],
    };

    private static bool IsVoid(MethodDeclarationSyntax method) =>
        method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static bool IsOfNames(InitializerExpressionSyntax initializer) =>
        initializer.Kind() is SyntaxKind.WithInitializerExpression or SyntaxKind.ObjectInitializerExpression;

    /// <summary>An assertion that throws is no guard: nothing that is right makes it throw.</summary>
    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        _ => false,
    };

    private static string Without<T>(SeparatedSyntaxList<T> all, T one)
        where T : SyntaxNode =>
        string.Join(", ", all.Where(other => other != one));

    private static TextSpan WithComma(SwitchExpressionArmSyntax arm)
    {
        var next = arm.GetLastToken().GetNextToken();
        return next.IsKind(SyntaxKind.CommaToken) ? TextSpan.FromBounds(arm.SpanStart, next.Span.End) : arm.Span;
    }
}
