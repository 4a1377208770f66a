using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Simulation.Tests.Mutants.Rules;

/// <summary>Conditions and patterns: negated, one part left out, moved by one at their boundary.</summary>
internal static class ConditionRules
{
    private const string Negated = "negated condition";
    private const string LeftOut = "condition left out";
    private const string Boundary = "boundary";

    private static readonly Dictionary<SyntaxKind, (string Rule, string Text)> Swapped = new()
    {
        [SyntaxKind.LessThanToken] = (Boundary, "<="),
        [SyntaxKind.LessThanEqualsToken] = (Boundary, "<"),
        [SyntaxKind.GreaterThanToken] = (Boundary, ">="),
        [SyntaxKind.GreaterThanEqualsToken] = (Boundary, ">"),
        [SyntaxKind.EqualsEqualsToken] = (Negated, "!="),
        [SyntaxKind.ExclamationEqualsToken] = (Negated, "=="),
        [SyntaxKind.AmpersandAmpersandToken] = ("and, or", "||"),
        [SyntaxKind.BarBarToken] = ("and, or", "&&"),
    };

    public static IEnumerable<Change> Of(SyntaxNode node) => node switch
    {
        IfStatementSyntax choice => Negation(choice.Condition),
        WhileStatementSyntax loop => Negation(loop.Condition),
        ConditionalExpressionSyntax choice => Negation(choice.Condition),
        BinaryExpressionSyntax binary => OfBinary(binary),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not =>
            [Change.Of(Negated, not, not.Operand.ToString())],
        IsPatternExpressionSyntax test => [Change.Of(Negated, test.Pattern, Opposite(test.Pattern))],
        RelationalPatternSyntax pattern when Swapped.TryGetValue(pattern.OperatorToken.Kind(), out var other) =>
            [Change.Of(other.Rule, pattern.OperatorToken, other.Text)],
        BinaryPatternSyntax pattern =>
            [Change.Of(LeftOut, pattern, pattern.Left.ToString()), Change.Of(LeftOut, pattern, pattern.Right.ToString())],
        PropertyPatternClauseSyntax { Subpatterns.Count: > 1 } clause => clause.Subpatterns.Select(part =>
            Change.Of(LeftOut, clause, $"{{ {string.Join(", ", clause.Subpatterns.Where(other => other != part))} }}")),
        WhenClauseSyntax clause => [Change.Of(LeftOut, clause, ""), .. Negation(clause.Condition)],
        _ => [],
    };

    private static IEnumerable<Change> OfBinary(BinaryExpressionSyntax binary)
    {
        if (!Swapped.TryGetValue(binary.OperatorToken.Kind(), out var other))
        {
            return [];
        }

        Change swap = Change.Of(other.Rule, binary.OperatorToken, other.Text);
        return binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression
            ? [
                swap, Change.Of(LeftOut, binary, binary.Left.ToString()), Change.Of(LeftOut, binary, binary.Right.ToString()),
                .. Negation(binary.Left), .. Negation(binary.Right),
            ]
            : [swap];
    }

    /// <summary>Of a condition that no other rule turns into its opposite.</summary>
    private static IEnumerable<Change> Negation(ExpressionSyntax condition) => condition
        is ParenthesizedExpressionSyntax or LiteralExpressionSyntax or IsPatternExpressionSyntax
        || condition.Kind() is SyntaxKind.LogicalNotExpression or SyntaxKind.LogicalAndExpression
            or SyntaxKind.LogicalOrExpression or SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
            ? []
            : [Change.Of(Negated, condition, $"!({condition})")];

    private static string Opposite(PatternSyntax pattern) =>
        pattern is UnaryPatternSyntax not ? not.Pattern.ToString() : $"not ({pattern})";
}
