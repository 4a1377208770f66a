using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Unused;

internal static class UnreadParameters
{
    /// <summary>Parameters whose name does not occur in the method.</summary>
    public static IEnumerable<ParameterSyntax> Of(BaseMethodDeclarationSyntax method)
    {
        if ((method.Body ?? (CSharpSyntaxNode?)method.ExpressionBody) is not { } body)
        {
            return [];
        }

        var named = body.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToHashSet();
        return method.ParameterList.Parameters.Where(parameter =>
            !named.Contains(parameter.Identifier.ValueText) && parameter.Identifier.ValueText.Any(letter => letter != '_'));
    }
}
