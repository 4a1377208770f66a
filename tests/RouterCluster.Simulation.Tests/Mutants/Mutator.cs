using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterCluster.Simulation.Tests.Mutants.Rules;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>All changes that the rules make of a file. Whether one compiles, only the compiler says.</summary>
internal static class Mutator
{
    public static IEnumerable<Mutant> Mutants(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(node => !IsLeftAlone(node))
            .Where(node => !IsLeftAlone(node))
            .SelectMany(node => ConditionRules.Of(node).Concat(ValueRules.Of(node)).Concat(StatementRules.Of(node)))
            .DistinctBy(change => (change.Place, change.Text))
            .Select(change => Mutant.Of(tree, change));

    /// <summary>Texts for people and assertions of what cannot be decide nothing that a test should hold.</summary>
    private static bool IsLeftAlone(SyntaxNode node) => node
        is AttributeListSyntax or InterpolatedStringExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax
        or EnumMemberDeclarationSyntax or UsingDirectiveSyntax
        || node is MethodDeclarationSyntax { Identifier.Text: "ToString" or "GetHashCode" }
        || (node is ExpressionStatementSyntax && node.ToString().Contains("Exception.ThrowIf", StringComparison.Ordinal));
}
