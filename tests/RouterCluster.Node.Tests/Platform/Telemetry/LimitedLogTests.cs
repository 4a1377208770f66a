using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Tests.Platform.Telemetry;

public sealed class LimitedLogTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly Recorder _console = new();
    private readonly ILogger _log;

    public LimitedLogTests() => _log = new LimitedLoggerProvider(_console, _time).CreateLogger("Router");

    [Fact]
    public void A_line_that_repeats_itself_is_written_a_few_times_a_second_and_counted()
    {
        for (var second = 0; second < 10; second++)
        {
            for (var i = 0; i < 15_000; i++)
            {
                _log.LogError("The read model of book {Book} is ahead", 3);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_console.Lines.Count(line => line.Contains("ahead", StringComparison.Ordinal)), 10, 30);
        Assert.Contains(_console.Lines, line => line.Contains("14997 lines like the next one", StringComparison.Ordinal));
        Assert.InRange(_console.Lines.Count, 10, 45);
    }

    [Fact]
    public void A_template_with_ever_other_numbers_in_it_is_limited_too_and_other_lines_are_not_hidden()
    {
        for (var i = 0; i < 1000; i++)
        {
            _log.LogWarning("Payment {Payment} is broken", i);
        }

        _log.LogInformation("Something else");

        Assert.Equal(20, _console.Lines.Count(line => line.Contains("is broken", StringComparison.Ordinal)));
        Assert.Contains("Something else", _console.Lines);
    }

    [Fact]
    public void A_stack_trace_is_written_once_a_minute_and_its_reason_always()
    {
        var cause = new InvalidOperationException("the database is away");
        for (var second = 0; second < 61; second++)
        {
            _log.LogError(cause, "It failed");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _console.Exceptions);
        Assert.Equal(59, _console.Lines.Count(line => line == "It failed: the database is away"));
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public int Exceptions { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add(formatter(state, exception));
            Exceptions += exception is null ? 0 : 1;
        }

        public void Dispose()
        {
        }
    }
}
