namespace RouterCluster.Tidy.Tests.Unused;

public sealed class UnusedDeclarationsTests
{
    /// <summary>What source generators declare, and what the compiler finds under the same name.</summary>
    private const int MostUnbound = 110;

    private static readonly Lazy<UnusedDeclarations> Ours = new(() => new UnusedDeclarations(
        [.. Repository.Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))], Compiled.GeneratedFor));

    [Fact]
    public void Nothing_is_declared_that_no_program_uses() => Expect.None(KnownUnused.Compare(Ours.Value.All));

    [Fact]
    public void The_compiler_knows_nearly_every_name() =>
        Assert.True(Ours.Value.Unbound.Count < MostUnbound, string.Join(' ', Ours.Value.Unbound));

    [Theory]
    [InlineData("class A; enum B { C }", "A is not used", "B is not used")]
    [InlineData("class A { B b; } class B { A a; }", "A is not used", "B is not used")]
    [InlineData("new A(); class A { void M() => M(); }", "A.M is not used")]
    [InlineData("new A(); class A { int P { get; set; } }", "A.P is not used")]
    [InlineData("new A().M(); class A { int _a; public void M() => _a = 1; }", "A._a is written and never read")]
    [InlineData("new A { P = 1 }; class A { public int P { get; init; } }", "A.P is written and never read")]
    [InlineData("A.M(); class A { const int B = 1; public static void M() { } }", "A.B is not used")]
    [InlineData("I i = new A(); interface I { void M(); } class A : I { public void M() { } }",
        "I.M is not used", "A.M is not used")]
    [InlineData("A a = new B(); class A { public virtual void M() { } } class B : A { public override void M() { } }",
        "A.M is not used", "B.M is not used")]
    [InlineData("_ = new R(1, 2).X; record R(int X, int Y);", "R.Y is not used")]
    [InlineData("E? e = null; var f = E.A; _ = e == E.B || e is E.C; enum E { None, A, B, C }",
        "E.B is compared with and never given", "E.C is compared with and never given", "E.None is not used")]
    public void An_unused_declaration_is_found(string source, params string[] expected) => Finds(source, expected);

    [Theory]
    [InlineData("A.M(1, 2); class A { public static int M(int a, int b) => a; }", "A.M(b) is not used")]
    [InlineData("_ = new A(1).C; class A(int a = 1, int b = 2) { public int C => a + b; }", "A(b) is never given")]
    [InlineData("_ = 1.M(); static class A { public static int M(this int a, int b = 2) => a + b; }", "A.M(b) is never given")]
    [InlineData("object o = 1; _ = o is R; record R;", "R is never made")]
    public void A_parameter_or_record_that_nobody_gives_is_found(string source, params string[] expected) =>
        Finds(source, expected);

    [Theory]
    [InlineData("foreach (var x in new A()) { } class A { public System.Collections.IEnumerator GetEnumerator() => null; }")]
    [InlineData("using var a = new A(); class A : System.IDisposable { public void Dispose() { } }")]
    [InlineData("var (x, _) = new R(1, 2); record R(int X, int Y);")]
    [InlineData("_ = new R(1) is { X: 1 }; record R(int X);")]
    [InlineData("_ = new R(1) is (1, 2); record R(int X, int Y);")]
    [InlineData("System.Action a = A.M; class A { public static void M() { } }")]
    [InlineData("System.Func<int, int> a = A.M; class A { public static int M(int b) => 1; }")]
    [InlineData("I i = new A(); i.M(1); interface I { int M(int b); } class A : I { public int M(int b) => 1; }")]
    [InlineData("A a = new B(); a.M(); class A { public virtual void M() { } } class B : A { public override void M() { } }")]
    [InlineData("_ = nameof(A.P); class A { public int P { get; } }")]
    [InlineData("_ = (E)1 == E.B; enum E { A = 1, B }", "E.A is not used")]
    [InlineData("_ = new A() + new A(); class A { public static A operator +(A a, A b) => a; }")]
    [InlineData("new A().P = 1; class A { public int P { set => System.Console.Write(value); } }")]
    [InlineData("_ = new R(1) == new R(2); record R(int X);")]
    [InlineData("_ = new System.Collections.Generic.Dictionary<R, int>()[new R(1)]; record R(int X);")]
    [InlineData("class A { static void Main() { } }")]
    public void Uses_of_every_form_are_seen(string source, params string[] expected) => Finds(source, expected);

    [Fact]
    public void A_use_in_another_project_counts()
    {
        SourceFile[] sources =
        [
            new("src/RouterCluster.Host/Program.cs", "RouterCluster.Domain.A.M();"),
            new("src/RouterCluster.Domain/A.cs", "namespace RouterCluster.Domain; public class A { public static void M() { } }"),
            new("src/RouterCluster.Domain/B.cs", "namespace RouterCluster.Domain; public class B;"),
        ];

        Assert.Equal(["src/RouterCluster.Domain/B.cs:1: B is not used"], Places(sources));
    }

    [Fact]
    public void The_list_of_those_that_stay_only_shrinks()
    {
        var listed = KnownUnused.List[0].Key;
        var all = KnownUnused.List.Select(known => new Unused(known.Key, ""));

        Assert.Empty(KnownUnused.Compare(all));
        Assert.Contains($"{listed} is used now", KnownUnused.Compare([]).First());
        Assert.Equal("here", Assert.Single(KnownUnused.Compare([.. all, new Unused("A.New", "here")])));
    }

    private static void Finds(string source, string[] expected) => Assert.Equal(
        expected.Select(what => $"src/RouterCluster.Host/Program.cs:1: {what}").Order(StringComparer.Ordinal),
        Places(new SourceFile("src/RouterCluster.Host/Program.cs", source)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Places(params SourceFile[] sources) =>
        new UnusedDeclarations(sources, _ => []).All.Select(unused => unused.Where);
}
