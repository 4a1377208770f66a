using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>One small change of a source text.</summary>
/// <param name="Rule">A few words for the kind of change.</param>
internal sealed record Change(string Rule, TextSpan Place, string Text)
{
    public static Change Of(string rule, SyntaxNode node, string text) => new(rule, node.Span, text);

    public static Change Of(string rule, SyntaxToken token, string text) => new(rule, token.Span, text);
}
