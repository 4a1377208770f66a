namespace RouterCluster.Tidy.Tests.Sizes;

public sealed class LimitsTests
{
    [Fact]
    public void Files_methods_and_lines_keep_their_limits() =>
        Expect.None(Limits.Compare([.. Repository.Sources.SelectMany(Limits.Offences)], KnownOffences.List));

    [Fact]
    public void A_long_file_is_found() =>
        Assert.Equal([new Offence("src/A.cs", "file", 401)], Offences(Lines(401)));

    [Fact]
    public void A_wide_line_is_found() =>
        Assert.Equal([new Offence("src/A.cs", "line", 131)], Offences("//" + new string('x', 129) + "\n// short\n"));

    [Theory]
    [InlineData("class A { void Long()\n{", "} }", "method Long")]
    [InlineData("class A { A()\n{", "} }", "method A")]
    [InlineData("class A { int Long\n{ get {", "} } }", "method Long")]
    [InlineData("class A { void Short() { void Inner()\n{", "} } }", "method Inner")]
    [InlineData("int first = 1;\n", "int last = 2;", "method at the top level")]
    public void A_long_method_is_found(string head, string tail, string expected) =>
        Assert.Contains(new Offence("src/A.cs", expected, 61), Offences(head + Lines(59) + tail));

    [Fact]
    public void What_is_just_within_the_limits_is_let_be()
    {
        Assert.Empty(Offences(Lines(400)));
        Assert.Empty(Offences("class A { void Long()\n{" + Lines(58) + "} }"));
        Assert.Empty(Offences("//" + new string('x', 128)));
        Assert.Empty(Offences("class A { int[] Table { get; } = [\n" + Lines(100) + "]; }"));
    }

    [Fact]
    public void The_list_of_offences_only_shrinks()
    {
        var listed = new Offence("src/A.cs", "file", 410);

        Assert.Empty(Limits.Compare([listed], [listed]));
        Assert.Contains("grew", Assert.Single(Limits.Compare([listed with { Measure = 411 }], [listed])));
        Assert.Contains("no longer", Assert.Single(Limits.Compare([], [listed])));
        Assert.Contains("src/A.cs: file has 410", Assert.Single(Limits.Compare([listed], [])));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("\n", count - 1)) + "//\n";

    private static IEnumerable<Offence> Offences(string text) => Limits.Offences(new SourceFile("src/A.cs", text));
}
