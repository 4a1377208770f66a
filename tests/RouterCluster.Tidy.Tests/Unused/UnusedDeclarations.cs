using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterCluster.Tidy.Tests.Unused;

/// <param name="Name">As the list of those that stay names it.</param>
/// <param name="Where">The whole line for people: place, name, reason.</param>
internal sealed record Unused(string Name, string Where);

/// <summary>
/// Declarations that no program of ours reaches from its first statement. Two that use only each other are found as well.
/// </summary>
internal sealed partial class UnusedDeclarations
{
    private readonly Uses _uses = new();
    private readonly SerializedTypes _serialized;
    private readonly Dictionary<SyntaxTree, SourceFile> _files;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly List<(ISymbol Symbol, SyntaxNode Syntax)> _declared = [];
    private readonly ILookup<ISymbol, StandIn> _standInsFor;
    private readonly ILookup<ISymbol, StandIn> _standInsOf;
    private readonly HashSet<ISymbol> _used = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _compared = new(SymbolEqualityComparer.Default);
    private readonly Stack<ISymbol> _open = [];

    /// <param name="generated">What the build generates for a project, by its short name.</param>
    public UnusedDeclarations(IReadOnlyList<SourceFile> sources, Func<string, IEnumerable<string>> generated)
    {
        _files = sources.ToDictionary(file => file.Syntax.SyntaxTree);
        var compiled = Compiled.Of(sources, generated);
        _serialized = new SerializedTypes(compiled);
        foreach (var whole in compiled)
        {
            foreach (var tree in whole.SyntaxTrees.Where(_files.ContainsKey))
            {
                _models.Add(tree, whole.GetSemanticModel(tree));
            }
        }

        var names = _models.Keys.SelectMany(tree => DeclaredNames.In(tree.GetRoot())).ToHashSet();
        foreach (var uses in _models.Values.AsParallel().Select(model => UsesWalker.Of(model, names)))
        {
            _uses.Add(uses);
        }

        _declared.AddRange(_models.Values.SelectMany(Declared));
        var standIns = _declared.Select(declared => declared.Symbol).OfType<INamedTypeSymbol>()
            .SelectMany(type => StandIns.Of(type, _serialized, _uses)).ToList();
        _standInsFor = standIns.ToLookup(standIn => standIn.Reason, SymbolEqualityComparer.Default);
        _standInsOf = standIns.ToLookup(standIn => (ISymbol)standIn.Type, SymbolEqualityComparer.Default);
        Follow();
    }

    public IEnumerable<Unused> All => Declarations().Concat(Parameters()).Concat(NeverMade()).Concat(NeverGiven());

    /// <summary>Those of our names that the compiler does not know at some place. What they use there is not seen.</summary>
    public IReadOnlySet<string> Unbound => _uses.Unbound;

    private IEnumerable<Unused> Declarations() =>
        from declared in _declared.DistinctBy(declared => declared.Symbol, SymbolEqualityComparer.Default)
        let symbol = declared.Symbol
        where !_used.Contains(symbol) && (symbol.ContainingType is not { } owner || _used.Contains(owner))
        select Found(declared.Syntax, NameOf(symbol), WhyUnused(symbol));

    private IEnumerable<Unused> Parameters() =>
        from declared in _declared
        where declared.Symbol is IMethodSymbol method && _used.Contains(method) && IsOnlyOurs(method)
        from parameter in UnreadParameters.Of((BaseMethodDeclarationSyntax)declared.Syntax)
        select Found(parameter, $"{NameOf(declared.Symbol)}({parameter.Identifier.Text})", "is not used");

    /// <summary>Records that are received, asked about or handed on, and that nobody makes.</summary>
    private IEnumerable<Unused> NeverMade() =>
        from declared in _declared
        where declared.Symbol is INamedTypeSymbol { IsRecord: true, IsValueType: false, IsAbstract: false } type
            && _used.Contains(type) && !_uses.Made.Contains(type) && !_serialized.Contains(type)
        select Found(declared.Syntax, NameOf(declared.Symbol), "is never made");

    /// <summary>Parameters with a default that every caller leaves at it.</summary>
    private IEnumerable<Unused> NeverGiven() =>
        from model in _models.Values
        from parameter in model.SyntaxTree.GetRoot().DescendantNodes().OfType<ParameterSyntax>()
        where parameter.Default is not null && parameter.Parent?.Parent is MemberDeclarationSyntax
        let symbol = model.GetDeclaredSymbol(parameter)!
        let method = (IMethodSymbol)symbol.ContainingSymbol
        let declaration = Uses.Declaration(method) ?? method
        where _used.Contains(declaration) && IsOnlyOurs(method) && !_serialized.Contains(method.ContainingType)
            && !_uses.Given.Contains(symbol) && !method.ContainingType.GetMembers(symbol.Name).Any(_written.Contains)
        select Found(parameter, $"{NameOf(declaration)}({symbol.Name})", "is never given");

    private static IEnumerable<(ISymbol, SyntaxNode)> Declared(SemanticModel model)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            var isNamed = node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or MethodDeclarationSyntax
                or PropertyDeclarationSyntax or EventDeclarationSyntax or EnumMemberDeclarationSyntax
                || (node is VariableDeclaratorSyntax && node.Parent?.Parent is BaseFieldDeclarationSyntax);
            if (isNamed && Uses.Declaration(model.GetDeclaredSymbol(node)) is { } symbol)
            {
                yield return (symbol, node);
            }

            if (node is ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter
                && model.GetDeclaredSymbol(parameter) is { ContainingType: { } owner } declared
                && owner.GetMembers(declared.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                yield return (property, parameter);
            }
        }
    }

    private void Follow()
    {
        foreach (var (to, kind) in _uses.FromOutside)
        {
            Use(to, kind);
        }

        // Akka's configuration names the types that it starts.
        var named = _files.Values.SelectMany(file => AkkaType().Matches(file.Text))
            .Select(type => type.Groups["type"].Value).ToHashSet();
        foreach (var (symbol, _) in _declared)
        {
            if (symbol is IMethodSymbol { IsStatic: true, Name: "Main" } || _uses.Unbound.Contains(symbol.Name)
                || (symbol is INamedTypeSymbol && named.Contains(symbol.ToDisplayString())))
            {
                Use(symbol, UseKind.Full);
            }
        }

        while (_open.TryPop(out var symbol))
        {
            Spread(symbol);
        }
    }

    private void Spread(ISymbol symbol)
    {
        foreach (var (to, kind) in _uses.From(symbol))
        {
            Use(to, kind);
        }

        if (symbol.ContainingType is { } owner)
        {
            Use(owner, UseKind.Full);
        }

        if (Uses.Declaration(StandIns.Overridden(symbol)) is { } overridden)
        {
            Use(overridden, UseKind.Full);
        }

        // Whichever is used last, the type or the member that it stands in for, brings the stand-in along.
        foreach (var standIn in _standInsFor[symbol].Concat(_standInsOf[symbol]))
        {
            if (_used.Contains(standIn.Type) && _used.Contains(standIn.Reason))
            {
                Use(standIn.Member, UseKind.Full);
            }
        }
    }

    private void Use(ISymbol symbol, UseKind kind)
    {
        var declaration = Uses.Declaration(symbol) ?? symbol;
        if (kind == UseKind.Written && !HasEffect(declaration))
        {
            _written.Add(declaration);
        }
        else if (kind == UseKind.Compared && !IsMadeByNumber(declaration))
        {
            _compared.Add(declaration);
        }
        else if (_used.Add(declaration))
        {
            _open.Push(declaration);
        }
    }

    /// <summary>An enum's member that is there where nothing is said, or whose number is read from somewhere.</summary>
    private bool IsMadeByNumber(ISymbol member) => member is IFieldSymbol { ConstantValue: { } value }
        && (Convert.ToInt64(value, CultureInfo.InvariantCulture) == 0 || _uses.Numbered.Contains(member.ContainingType));

    /// <summary>A setter with a body does something, and one that is declared elsewhere may.</summary>
    private static bool HasEffect(ISymbol symbol) => symbol is IPropertySymbol { SetMethod: { } setter } property
        && (property.OverriddenProperty is not null || property.IsAbstract
            || setter.DeclaringSyntaxReferences.Any(declared => declared.GetSyntax()
                is AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }));

    /// <summary>Nothing but its callers asks for its parameters.</summary>
    private bool IsOnlyOurs(IMethodSymbol method) =>
        method is { IsVirtual: false, IsOverride: false, IsAbstract: false, PartialImplementationPart: null }
        && !_uses.HandedOn.Contains(method)
        && (method.MethodKind == MethodKind.Constructor
            || !_standInsOf[method.ContainingType].Any(standIn => SymbolEqualityComparer.Default.Equals(standIn.Member, method)));

    private string WhyUnused(ISymbol symbol)
    {
        if (_written.Contains(symbol))
        {
            return "is written and never read";
        }

        return _compared.Contains(symbol) ? "is compared with and never given" : "is not used";
    }

    private Unused Found(SyntaxNode syntax, string name, string why) =>
        new(name, _files[syntax.SyntaxTree].At(syntax, $"{name} {why}"));

    private static string NameOf(ISymbol symbol) =>
        symbol is INamedTypeSymbol ? symbol.Name : $"{symbol.ContainingType.Name}.{symbol.Name}";

    [GeneratedRegex(@"(?<type>RouterCluster(\.\w+)+), RouterCluster\.")]
    private static partial Regex AkkaType();
}
