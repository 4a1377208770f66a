using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Simulation.Tests.Mutants.Rules;

/// <summary>Constants, sums and choices among values: swapped for others.</summary>
internal static class ValueRules
{
    private const string Constant = "constant";
    private const string Arithmetic = "arithmetic";
    private const string Choice = "choice of values";

    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.PlusToken] = "-",
        [SyntaxKind.MinusToken] = "+",
        [SyntaxKind.AsteriskToken] = "/",
        [SyntaxKind.SlashToken] = "*",
        [SyntaxKind.PercentToken] = "*",
        [SyntaxKind.PlusEqualsToken] = "-=",
        [SyntaxKind.MinusEqualsToken] = "+=",
        [SyntaxKind.PlusPlusToken] = "--",
        [SyntaxKind.MinusMinusToken] = "++",
    };

    private static readonly Dictionary<string, string> Names = new()
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault",
        ["LastOrDefault"] = "FirstOrDefault",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["MinValue"] = "MaxValue",
        ["MaxValue"] = "MinValue",
    };

    public static IEnumerable<Change> Of(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => OfLiteral(literal),
        MemberAccessExpressionSyntax access when access.ToString() == "TimeSpan.Zero" =>
            [Change.Of(Constant, access, "TimeSpan.FromHours(1)")],
        MemberAccessExpressionSyntax access when Names.TryGetValue(access.Name.Identifier.Text, out var other) =>
            [Change.Of(Choice, access.Name.Identifier, other)],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either =>
            [Change.Of(Choice, either, either.Left.ToString()), Change.Of(Choice, either, either.Right.ToString())],
        BinaryExpressionSyntax sum => Swapped(sum.OperatorToken),
        AssignmentExpressionSyntax sum => Swapped(sum.OperatorToken),
        PostfixUnaryExpressionSyntax step => Swapped(step.OperatorToken),
        PrefixUnaryExpressionSyntax step when step.Kind() != SyntaxKind.UnaryMinusExpression => Swapped(step.OperatorToken),
        _ => [],
    };

    private static IEnumerable<Change> Swapped(SyntaxToken token) =>
        Operators.TryGetValue(token.Kind(), out var other) ? [Change.Of(Arithmetic, token, other)] : [];

    private static IEnumerable<Change> OfLiteral(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [Change.Of(Constant, literal, "false")],
        SyntaxKind.FalseLiteralExpression => [Change.Of(Constant, literal, "true")],
        SyntaxKind.NumericLiteralExpression =>
            [Change.Of(Constant, literal, $"({literal} + 1)"), Change.Of(Constant, literal, $"({literal} - 1)")],
        _ => [],
    };
}
