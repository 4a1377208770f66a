using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>The names under which a file's declarations can be used; attributes also without their ending.</summary>
internal static class DeclaredNames
{
    private const string Attribute = "Attribute";

    public static IEnumerable<string> In(SyntaxNode root) => root.DescendantNodes().Select(node => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.ValueText,
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter => parameter.Identifier.ValueText,
        UsingDirectiveSyntax { Alias: { } alias } => alias.Name.Identifier.ValueText,
        _ => null,
    }).OfType<string>().SelectMany(Forms);

    private static string[] Forms(string name) =>
        name.EndsWith(Attribute, StringComparison.Ordinal) ? [name, name[..^Attribute.Length]] : [name];
}
