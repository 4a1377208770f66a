using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Unused;

/// <summary>Goes through one file and notes what each of its declarations uses. Comments use nothing.</summary>
internal sealed class UsesWalker : CSharpSyntaxWalker
{
    private static readonly HashSet<string> Keyed =
    [
        "Dictionary", "IReadOnlyDictionary", "SortedDictionary", "FrozenDictionary", "ConcurrentDictionary",
        "ImmutableDictionary", "HashSet", "IReadOnlySet", "FrozenSet", "ImmutableHashSet", "ILookup",
    ];

    private readonly Uses _uses = new();
    private readonly SemanticModel _model;
    private readonly HashSet<string> _names;
    private IReadOnlyList<ISymbol> _from = [];

    private UsesWalker(SemanticModel model, HashSet<string> names) => (_model, _names) = (model, names);

    /// <param name="names">Of all our declarations: what has another name is none of them.</param>
    public static Uses Of(SemanticModel model, HashSet<string> names)
    {
        var walker = new UsesWalker(model, names);
        walker.Visit(model.SyntaxTree.GetRoot());
        return walker._uses;
    }

    public override void Visit(SyntaxNode? node)
    {
        // A type that only a serializer's context lists is used by nobody.
        if (node is null or UsingDirectiveSyntax { Alias: null }
            or AttributeSyntax { Name: IdentifierNameSyntax { Identifier.Text: "JsonSerializable" } })
        {
            return;
        }

        var around = _from;
        _from = Declared(node) is { Count: > 0 } declared ? declared : around;
        Note(node);
        base.Visit(node);
        _from = around;
    }

    private IReadOnlyList<ISymbol> Declared(SyntaxNode node) => node switch
    {
        BaseFieldDeclarationSyntax fields => [.. fields.Declaration.Variables.Select(field => _model.GetDeclaredSymbol(field)!)],
        MemberDeclarationSyntax member when _model.GetDeclaredSymbol(member) is { Kind: not SymbolKind.Namespace } symbol =>
            [Uses.Declaration(symbol) ?? symbol],
        _ => [],
    };

    private void Note(SyntaxNode node)
    {
        switch (node)
        {
            case GenericNameSyntax { TypeArgumentList.Arguments: [var key, ..] } container
                when Keyed.Contains(container.Identifier.Text):
                NoteKey(_model.GetTypeInfo(key).Type);
                break;
            case SimpleNameSyntax name when _names.Contains(name.Identifier.ValueText):
                Note(name);
                break;
            case InvocationExpressionSyntax call when _names.Contains(NameOf(call.Expression)):
                NoteGiven(_model.GetSymbolInfo(call), call.ArgumentList);
                break;
            case BinaryExpressionSyntax both when IsEquality(both):
                NoteKey(_model.GetTypeInfo(both.Left).Type);
                break;
            case BaseObjectCreationExpressionSyntax created:
                _uses.Add(_from, _model.GetTypeInfo(created).Type, UseKind.Full);
                NoteMade(_model.GetTypeInfo(created).Type);
                NoteGiven(_model.GetSymbolInfo(created), created.ArgumentList);
                break;
            case ConstructorInitializerSyntax other:
                NoteMade(_model.GetSymbolInfo(other).Symbol);
                NoteGiven(_model.GetSymbolInfo(other), other.ArgumentList);
                break;
            case PrimaryConstructorBaseTypeSyntax other:
                NoteMade(_model.GetSymbolInfo(other).Symbol);
                NoteGiven(_model.GetSymbolInfo(other), other.ArgumentList);
                break;
            case ParameterSyntax { Type: { } bound, AttributeLists: [{ Attributes: [{ Name: var how }] }] }
                when how.ToString() == "AsParameters":
                NoteMade(_model.GetTypeInfo(bound).Type);
                break;
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } added:
                foreach (var element in added.Expressions)
                {
                    _uses.Add(_from, _model.GetCollectionInitializerSymbolInfo(element).Symbol, UseKind.Full);
                }

                break;
            case PositionalPatternClauseSyntax { Parent: RecursivePatternSyntax pattern }:
                NotePositions(_model.GetTypeInfo(pattern).ConvertedType);
                break;
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment:
                NotePositions(_model.GetDeconstructionInfo(assignment).Method?.ContainingType);
                break;
            case ForEachVariableStatementSyntax loop:
                NotePositions(_model.GetDeconstructionInfo(loop).Method?.ContainingType);
                break;
        }
    }

    /// <summary>Of a record that is compared, or a key, all properties are read.</summary>
    private void NoteKey(ITypeSymbol? type)
    {
        var elements = (type as INamedTypeSymbol)?.TupleElements ?? default;
        foreach (var part in elements.IsDefaultOrEmpty ? [type] : elements.Select(element => (ITypeSymbol?)element.Type))
        {
            if (Uses.Declaration(part) is INamedTypeSymbol { IsRecord: true } key)
            {
                _uses.Keys.Add(key);
            }
        }
    }

    private void NoteMade(ISymbol? typeOrConstructor)
    {
        if (Uses.Declaration(typeOrConstructor) is { } made)
        {
            _uses.Made.Add(made);
        }
    }

    private void NoteGiven(SymbolInfo called, ArgumentListSyntax? given)
    {
        foreach (var method in Symbols(called).OfType<IMethodSymbol>())
        {
            var parameters = method.ReducedFrom is { } extension
                ? extension.OriginalDefinition.Parameters[1..]
                : method.OriginalDefinition.Parameters;
            foreach (var (place, argument) in given?.Arguments.Index() ?? [])
            {
                var name = argument.NameColon?.Name.Identifier.ValueText;
                _uses.Given.UnionWith(name is null
                    ? parameters.Skip(place).Take(1)
                    : parameters.Where(parameter => parameter.Name == name));
            }
        }
    }

    private static ISymbol[] Symbols(SymbolInfo info) => info.Symbol is { } symbol ? [symbol] : [.. info.CandidateSymbols];

    private static string NameOf(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>A record taken apart: all that its parameters declare is read.</summary>
    private void NotePositions(ITypeSymbol? type)
    {
        foreach (var property in type?.GetMembers().OfType<IPropertySymbol>() ?? [])
        {
            if (property.DeclaringSyntaxReferences is [var declared, ..] && declared.GetSyntax() is ParameterSyntax)
            {
                _uses.Add(_from, property, UseKind.Full);
            }
        }
    }

    private void Note(SimpleNameSyntax name)
    {
        var info = _model.GetSymbolInfo(name);
        var symbols = Symbols(info);
        if (symbols.Length == 0 && _model.GetTypeInfo(name).Type is null or IErrorTypeSymbol)
        {
            _uses.Unbound.Add(name.Identifier.Text);
        }

        foreach (var found in symbols)
        {
            if (found is INamedTypeSymbol { TypeKind: TypeKind.Enum } && IsNumbered(name))
            {
                _uses.Numbered.Add(found);
            }

            _uses.Add(_from, found, KindOf(name, found));
            if (found is IMethodSymbol && Whole(name).Parent is not InvocationExpressionSyntax
                && Uses.Declaration(found) is IMethodSymbol handedOn)
            {
                _uses.HandedOn.Add(handedOn);
            }
        }
    }

    private static UseKind KindOf(SimpleNameSyntax name, ISymbol symbol)
    {
        var whole = Whole(name);
        return symbol switch
        {
            IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } when IsCompared(whole) => UseKind.Compared,
            IFieldSymbol or IPropertySymbol when IsAssigned(whole) => UseKind.Written,
            _ => UseKind.Full,
        };
    }

    /// <summary>A cast to it, or a method for any enum, such as a parser.</summary>
    private static bool IsNumbered(SimpleNameSyntax type) => Whole(type).Parent is CastExpressionSyntax
        || (type.Parent is TypeArgumentListSyntax { Parent: GenericNameSyntax method }
            && Whole(method).Parent is InvocationExpressionSyntax);

    /// <summary>With what it is a member of: <c>a.Name</c>, <c>a?.Name</c>.</summary>
    private static SyntaxNode Whole(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        QualifiedNameSyntax qualified when qualified.Right == name => qualified,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    private static bool IsAssigned(SyntaxNode target) => target.Parent switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment =>
            assignment.Left == target,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsAssigned(tuple),
        _ => false,
    };

    private static bool IsCompared(SyntaxNode value) => value.Parent switch
    {
        ConstantPatternSyntax or CaseSwitchLabelSyntax => true,
        BinaryExpressionSyntax both => IsEquality(both) || both.IsKind(SyntaxKind.IsExpression),
        _ => false,
    };

    private static bool IsEquality(BinaryExpressionSyntax both) =>
        both.IsKind(SyntaxKind.EqualsExpression) || both.IsKind(SyntaxKind.NotEqualsExpression);
}
