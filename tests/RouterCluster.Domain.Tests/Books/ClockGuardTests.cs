using RouterCluster.Domain.Books;

namespace RouterCluster.Domain.Tests.Books;

public sealed class ClockGuardTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 23, 59, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    private readonly ClockGuard _guard = new(Skew, databaseIsWitness: true);
    private TimeSpan _passed;
    private TimeSpan _slept;
    private TimeSpan _off;
    private TimeSpan _databaseOff;

    private BookTime Machine => new(Start + _passed + _slept + _off, TimeSpan.FromSeconds(77) + _passed);

    private DateTimeOffset Truth => Start + _passed + _slept;

    [Fact]
    public void Before_the_first_comparison_nothing_is_believed()
    {
        Assert.False(_guard.Read(Machine).Agrees);
        Compare();
        Assert.Equal(new GuardedTime(Truth, true), _guard.Read(Machine));
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_leap_moves_no_time_and_stops_decisions_until_it_is_corrected(double seconds)
    {
        Compare();
        Pass(60);

        _off = TimeSpan.FromSeconds(seconds);

        Assert.Equal(new GuardedTime(Truth, false), _guard.Read(Machine));
        Assert.Contains("leapt", _guard.Problem(Machine), StringComparison.Ordinal);
        Compare();
        Pass(3600);
        Assert.Equal(new GuardedTime(Truth, false), _guard.Read(Machine));
        Assert.NotNull(_guard.Problem(Machine));
        _off = TimeSpan.Zero;
        Compare();
        Assert.Equal(new GuardedTime(Truth, true), _guard.Read(Machine));
        Assert.Null(_guard.Problem(Machine));
    }

    [Fact]
    public void A_step_that_the_skew_allows_is_followed()
    {
        Compare();
        _off = TimeSpan.FromSeconds(1);
        Assert.Equal(new GuardedTime(Truth + _off, true), _guard.Read(Machine));
    }

    [Fact]
    public void Many_small_steps_lead_no_further_than_the_database_allows()
    {
        Compare();
        for (var step = 0; step < 100; step++)
        {
            _off += TimeSpan.FromSeconds(1);
            Pass(2);
            Compare();
        }

        Assert.False(_guard.Read(Machine).Agrees);
        Assert.InRange(_guard.Read(Machine).Utc - Truth, TimeSpan.Zero, Skew + Skew);
    }

    [Fact]
    public void A_machine_that_slept_is_believed_when_the_database_says_so()
    {
        Compare();
        _slept = TimeSpan.FromHours(8);
        Assert.False(_guard.Read(Machine).Agrees);
        Compare();
        Assert.Equal(new GuardedTime(Truth, true), _guard.Read(Machine));
    }

    [Fact]
    public void A_sleep_that_another_clock_has_measured_is_no_leap()
    {
        var guard = new ClockGuard(Skew, databaseIsWitness: false);
        guard.Compare(Comparison(0.001));
        _slept = TimeSpan.FromHours(8);
        Assert.False(guard.Read(Machine).Agrees);
        guard.Slept(_slept);
        Assert.Equal(new GuardedTime(Truth, true), guard.Read(Machine));
    }

    [Fact]
    public void A_database_in_the_same_machine_is_no_witness_of_a_leap()
    {
        var guard = new ClockGuard(Skew, databaseIsWitness: false);
        guard.Compare(Comparison(0.001));
        _off = _databaseOff = TimeSpan.FromDays(1);
        guard.Compare(Comparison(0.001));
        Assert.Equal(new GuardedTime(Truth, false), guard.Read(Machine));
    }

    [Fact]
    public void A_database_whose_clock_leaps_stops_decisions_too()
    {
        Compare();
        _databaseOff = TimeSpan.FromMinutes(-10);
        Compare();
        Assert.Equal(new GuardedTime(Truth, false), _guard.Read(Machine));
        Assert.Contains("off the database's", _guard.Problem(Machine), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_with_a_wrong_clock_takes_the_time_from_the_database()
    {
        _off = TimeSpan.FromDays(1);
        Compare();
        var read = _guard.Read(Machine);
        Assert.False(read.Agrees);
        Assert.InRange((read.Utc - Truth).Duration(), TimeSpan.Zero, Skew);
    }

    [Fact]
    public void A_clock_that_leaps_while_the_database_is_asked_is_not_confirmed_by_the_answer()
    {
        Compare();
        var asked = Machine;
        var there = Truth;
        _off = TimeSpan.FromDays(1);
        _guard.Compare(new ClockComparison(asked, there, Machine));
        Assert.Equal(new GuardedTime(Truth, false), _guard.Read(Machine));
    }

    [Fact]
    public void An_answer_that_took_long_confirms_nothing()
    {
        _guard.Compare(Comparison(30));
        Assert.False(_guard.Read(Machine).Agrees);
    }

    private void Pass(double seconds) => _passed += TimeSpan.FromSeconds(seconds);

    private void Compare() => _guard.Compare(Comparison(0.001));

    private ClockComparison Comparison(double roundTrip)
    {
        var asked = Machine;
        var there = Truth + _databaseOff;
        Pass(roundTrip);
        return new ClockComparison(asked, there, Machine);
    }
}
