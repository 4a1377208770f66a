namespace RouterCluster.Tidy.Tests.Sizes;

public sealed class TypeSizesTests
{
    [Fact]
    public void A_type_keeps_its_limits_over_all_its_files() =>
        Expect.None(TypeSizes.Offences(Repository.Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))));

    [Fact]
    public void A_type_that_is_too_long_over_two_files_is_found() =>
        Assert.Equal(["N.A`0: 402 lines"], TypeSizes.Offences([Part("A.cs", 201), Part("A.More.cs", 201)]));

    [Fact]
    public void A_fourth_partial_file_is_found() =>
        Assert.Equal(["N.A`0: 4 partial files"], TypeSizes.Offences([.. "1234".Select(no => Part($"A.{no}.cs", 3))]));

    [Fact]
    public void A_type_just_within_the_limits_is_let_be() =>
        Assert.Empty(TypeSizes.Offences([Part("A.cs", 200), Part("A.1.cs", 100), Part("A.2.cs", 100)]));

    private static SourceFile Part(string path, int lines) =>
        new(path, "namespace N;\npartial class A\n{" + new string('\n', lines - 2) + "}\n");
}
