using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Channels;

public sealed class SubmitNumbersTests
{
    private const long First = 1_000;
    private static readonly Outcome Succeeded = new(OutcomeClass.Success, Landing.Landed, "00");
    private static readonly Outcome Unanswered = Outcome.Unknown("timeout");

    private readonly SubmitNumbers _numbers = new(First, limit: 3);

    [Fact]
    public void Numbers_grow_from_the_first()
    {
        Assert.Equal([First, First + 1], Number(Began("a"), Began("b")).Select(signal => signal.Number));
        Assert.Equal([First + 2], Number(Began("c")).Select(signal => signal.Number));
    }

    [Fact]
    public void An_end_carries_the_number_bank_and_source_of_its_beginning()
    {
        var began = Number(Began("a")).Single();
        var corrected = Number(Ended("a", Unanswered), LaneSignal.Truth("a", Product.Payout, Succeeded))[1];

        Assert.Equal((First, began.Bank, began.Source), (corrected.Number, corrected.Bank, corrected.Source));
        Assert.Equal((SignalKind.Corrected, CallVerdict.Success), (corrected.Kind, corrected.Verdict));
    }

    [Fact]
    public void Truth_comes_once()
    {
        Number(Began("a"), Ended("a", Unanswered), LaneSignal.Truth("a", Product.Payout, Succeeded));

        Assert.Empty(Number(LaneSignal.Truth("a", Product.Payout, Succeeded)));
    }

    [Fact]
    public void After_a_definite_end_there_is_nothing_to_correct()
    {
        Number(Began("a"), Ended("a", Succeeded));

        Assert.Empty(Number(LaneSignal.Truth("a", Product.Payout, Succeeded)));
    }

    [Fact]
    public void After_the_truth_the_submits_own_timeout_is_no_news()
    {
        Number(Began("a"), LaneSignal.Truth("a", Product.Payout, Succeeded));

        Assert.Empty(Number(Ended("a", Unanswered)));
    }

    [Theory]
    [InlineData(OutcomeClass.Unknown)]
    [InlineData(OutcomeClass.Accepted)]
    [InlineData(OutcomeClass.Processing)]
    [InlineData(OutcomeClass.WaitCustomer)]
    [InlineData(OutcomeClass.WaitConfirm)]
    [InlineData(OutcomeClass.DuplicateNo)]
    public void An_end_that_is_no_end_yet_may_be_corrected(OutcomeClass @class)
    {
        Number(Began("a"), Ended("a", new Outcome(@class, Landing.Maybe, "x")));

        Assert.Single(Number(LaneSignal.Truth("a", Product.Payout, Succeeded)));
    }

    [Fact]
    public void What_nobody_began_is_nobodys() => Assert.Empty(Number(LaneSignal.Truth("z", Product.Payout, Succeeded)));

    [Fact]
    public void The_oldest_makes_room()
    {
        Number(Began("a"), Began("b"), Began("c"), Began("d"));

        Assert.Empty(Number(Ended("a", Succeeded)));
        Assert.Equal([First + 1], Number(Ended("b", Succeeded)).Select(signal => signal.Number));
    }

    private ImmutableArray<SubmitSignal> Number(params ImmutableArray<LaneSignal> signals) => _numbers.Number(signals);

    private static LaneSignal Began(string orderNo) => new(orderNo, new SubmitSignal(Product.Payout, "ICBC", default, default)
    {
        Kind = SignalKind.Dispatched,
        Source = new Source(7, 3),
    });

    private static LaneSignal Ended(string orderNo, Outcome outcome) =>
        new(orderNo, new SubmitSignal(Product.Payout, "ICBC", outcome.Verdict(), outcome.Class));
}
