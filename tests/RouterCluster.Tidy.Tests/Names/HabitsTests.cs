namespace RouterCluster.Tidy.Tests.Names;

public sealed class HabitsTests
{
    [Fact]
    public void Sources_have_telling_names_and_no_leftovers() => Expect.None(Repository.Sources.SelectMany(Habits.Violations));

    [Theory]
    [InlineData("class PaymentManager;", "PaymentManager")]
    [InlineData("interface INotificationService;", "INotificationService")]
    [InlineData("record struct MoneyUtils;", "MoneyUtils")]
    [InlineData("class A { enum BatchProcessor { One } }", "BatchProcessor")]
    [InlineData("delegate void DateHelper();", "DateHelper")]
    [InlineData("#region Wire\n#endregion", "a region")]
    [InlineData("// TODO: later", "unfinished")]
    [InlineData("class A; /* FIXME */", "unfinished")]
    [InlineData("// var total = amount + fee;", "code in a comment")]
    [InlineData("// book.Apply(written);", "code in a comment")]
    [InlineData("// return null;", "code in a comment")]
    [InlineData("class A { /* kept */\n// }\n}", "code in a comment")]
    [InlineData("class A { [Fact(Skip = \"flaky\")] void B() { } }", "skipped")]
    [InlineData("class A { void B() { Thread.Sleep(10); } }", "sleeps")]
    [InlineData("class A { int _b; int B() => this._b; }", "no this.")]
    public void A_bad_habit_is_found(string source, string expected) =>
        Assert.Contains(expected, Assert.Single(Habits.Violations(new SourceFile("tests/RouterCluster.A/A.cs", source))));

    [Theory]
    [InlineData("class A { int B(bool c, bool d) => c ? 1 : d ? 2 : 3; }")]
    [InlineData("class A { int B(bool c, bool d) => c ? (d ? 1 : 2) : 3; }")]
    public void A_choice_within_a_choice_is_found(string source) =>
        Assert.Contains(
            "a choice within a choice",
            Assert.Single(Habits.Violations(new SourceFile("src/RouterCluster.A/A.cs", source))));

    [Theory]
    [InlineData("src/RouterCluster.Host/Models/Payment.cs")]
    [InlineData("tests/Common/FreePort.cs")]
    public void A_folder_named_after_a_kind_is_found(string path) =>
        Assert.Contains("folders are features", Assert.Single(Habits.Violations(new SourceFile(path, ""))));

    [Theory]
    [InlineData("class Serviceable { string _text = \"TODO // return null;\"; }")]
    [InlineData("// The book waits for the write; the lane does not.")]
    [InlineData("// A refusal is a value (see Decide), never an exception.")]
    [InlineData("class A : B { void C() => this.ExtensionOfTheBase(); }")]
    public void Plain_words_are_let_be(string source) =>
        Assert.Empty(Habits.Violations(new SourceFile("src/RouterCluster.Domain/A.cs", source)));
}
