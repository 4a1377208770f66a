using System.Collections.Concurrent;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// Limits repeated lines to a few a second and their stack traces to one a minute: a fault that repeats thousands of
/// times a second must not fill the disk or hide other lines. Every line is masked and cut (<see cref="LogLine"/>).
/// </summary>
internal sealed class LimitedLoggerProvider(ILoggerProvider inner, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private readonly LineLimit _limit = new(time);
    private readonly LogScopes _scopes = new();

    public ILogger CreateLogger(string categoryName) =>
        new LimitedLogger(inner.CreateLogger(categoryName), categoryName, _limit, _scopes);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes.Provider = scopeProvider;

    public void Dispose() => inner.Dispose();
}

internal sealed class LimitedLogger(ILogger inner, string category, LineLimit limit, LogScopes scopes) : ILogger
{
    private const string Template = "{OriginalFormat}";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        var verdict = limit.Take($"{category} {TemplateOf(state) ?? text}", $"{category} {text}", exception is not null);
        if (verdict.LeftOut > 0)
        {
            inner.LogWarning("{Count} lines like the next one were left out", verdict.LeftOut);
        }

        if (verdict.IsAllowed)
        {
            var withCause = exception is not null && !verdict.WithStackTrace ? $"{text}: {exception.Message}" : text;
            var logged = exception is not null && verdict.WithStackTrace ? new LoggedException(exception) : null;
            var line = new LogLine(withCause, [.. scopes.Values(), .. ValuesOf(state)]);
            inner.Log(logLevel, eventId, line, logged, static (written, _) => written.Text);
        }
    }

    private static string? TemplateOf<TState>(TState state) =>
        ValuesOf(state).FirstOrDefault(value => value.Key == Template).Value as string;

    private static IReadOnlyList<KeyValuePair<string, object?>> ValuesOf<TState>(TState state) =>
        state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
}

/// <summary>Counts written lines by template and by text.</summary>
internal sealed class LineLimit(TimeProvider time)
{
    /// <summary>Lines of one text in one second.</summary>
    public const int SameText = 3;

    /// <summary>Lines of one template in one second; a line for each of a node's books must fit.</summary>
    public const int SameTemplate = 20;

    // Bounds the memory: texts with payment numbers in them are many.
    private const int MostKnown = 4_096;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StackTraceEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Count> _counts = new();

    public LineVerdict Take(string template, string text, bool hasStackTrace)
    {
        if (_counts.Count > MostKnown)
        {
            _counts.Clear();
        }

        var now = time.GetUtcNow();
        var ofTemplate = _counts.GetOrAdd(template, _ => new Count());
        var isAllowed = _counts.GetOrAdd($"={text}", _ => new Count()).TryTake(now, SameText)
            && ofTemplate.TryTake(now, SameTemplate);
        return isAllowed
            ? new LineVerdict(true, !hasStackTrace || ofTemplate.TryTakeStackTrace(now), ofTemplate.TakeLeftOut(now))
            : ofTemplate.LeaveOut();
    }

    private sealed class Count
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _windowFrom = DateTimeOffset.MinValue;
        private DateTimeOffset _stackTraceAt = DateTimeOffset.MinValue;
        private DateTimeOffset _toldAt = DateTimeOffset.MinValue;
        private int _written;
        private long _leftOut;

        public bool TryTake(DateTimeOffset now, int limit)
        {
            lock (_lock)
            {
                if ((now - _windowFrom).Duration() >= Window)
                {
                    (_windowFrom, _written) = (now, 0);
                }

                return _written++ < limit;
            }
        }

        public bool TryTakeStackTrace(DateTimeOffset now)
        {
            lock (_lock)
            {
                var isDue = (now - _stackTraceAt).Duration() >= StackTraceEvery;
                _stackTraceAt = isDue ? now : _stackTraceAt;
                return isDue;
            }
        }

        public LineVerdict LeaveOut()
        {
            lock (_lock)
            {
                _leftOut++;
                return new LineVerdict(false, false, 0);
            }
        }

        /// <summary>At most once a window, so that reports of left-out lines do not become a flood.</summary>
        public long TakeLeftOut(DateTimeOffset now)
        {
            lock (_lock)
            {
                if (_leftOut == 0 || (now - _toldAt).Duration() < Window)
                {
                    return 0;
                }

                var taken = _leftOut;
                (_leftOut, _toldAt) = (0, now);
                return taken;
            }
        }
    }
}

/// <param name="LeftOut">Similar lines that were not written, to be reported before this one.</param>
internal readonly record struct LineVerdict(bool IsAllowed, bool WithStackTrace, long LeftOut);

internal static class LimitedLog
{
    public static void Limit(this ILoggingBuilder logging, TimeProvider time)
    {
        var providers = logging.Services.Where(service => service.ServiceType == typeof(ILoggerProvider)).ToList();
        foreach (var provider in providers)
        {
            logging.Services.Remove(provider);
            logging.Services.AddSingleton<ILoggerProvider>(services => new LimitedLoggerProvider(
                provider.ImplementationInstance as ILoggerProvider
                    ?? (ILoggerProvider)(provider.ImplementationFactory?.Invoke(services)
                        ?? ActivatorUtilities.CreateInstance(services, provider.ImplementationType!)),
                time));
        }
    }
}
