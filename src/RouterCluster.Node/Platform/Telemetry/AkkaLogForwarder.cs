using System.Collections;
using System.Text.Json;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Hosting.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>Writes Akka's log events to the host's log, so that there is one log in one format.</summary>
internal sealed class AkkaLogForwarder : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public const string Hocon = """
        akka.loggers = ["RouterCluster.Node.Platform.Telemetry.AkkaLogForwarder, RouterCluster.Node"]
        akka.stdout-logger-class = "RouterCluster.Node.Platform.Telemetry.AkkaEarlyLog, RouterCluster.Node"
        akka.stdout-loglevel = ERROR
        """;

    public const string Category = "RouterCluster";

    private readonly ILogger _log;

    public AkkaLogForwarder()
    {
        _log = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.LoggerFactory.CreateLogger(Category);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Forward);
    }

    private void Forward(LogEvent logged)
    {
        var level = logged.LogLevel() switch
        {
            AkkaLogLevel.DebugLevel => LogLevel.Debug,
            AkkaLogLevel.InfoLevel => LogLevel.Information,
            AkkaLogLevel.WarningLevel => LogLevel.Warning,
            AkkaLogLevel.ErrorLevel => LogLevel.Error,
        };
        // Akka's own information lines (joining, sharding) are left out.
        var isOwn = logged.LogClass.Namespace?.StartsWith("RouterCluster", StringComparison.Ordinal) == true;
        if (isOwn || level >= LogLevel.Warning)
        {
            _log.Log(level, default, new AkkaLine(logged), logged.Cause, static (line, _) => line.Text);
        }
    }

    /// <summary>Carries the template, by which <see cref="LineLimit"/> recognises repeated lines.</summary>
    private readonly struct AkkaLine(LogEvent logged) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly List<KeyValuePair<string, object?>> _values = ValuesOf(logged);

        public string Text { get; } = $"{logged.Message}";

        public int Count => _values.Count;

        public KeyValuePair<string, object?> this[int index] => _values[index];

        public override string ToString() => Text;

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>As Microsoft's log has them: the template's named values, and the template.</summary>
        private static List<KeyValuePair<string, object?>> ValuesOf(LogEvent logged)
        {
            var values = new List<KeyValuePair<string, object?>> { new("Source", logged.LogClass.Name) };
            if (logged.TryGetProperties(out var named) && named is not null)
            {
                values.AddRange(named.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value)));
            }

            var format = (logged.Message as LogMessage)?.Format ?? $"{logged.Message}";
            values.Add(new("{OriginalFormat}", $"{logged.LogClass.Name}: {format}"));
            return values;
        }
    }
}

/// <summary>
/// Logs Akka's lines from before its loggers run and after they have stopped, in the common format. Akka creates it by
/// name, so it has no constructor parameters.
/// </summary>
internal sealed class AkkaEarlyLog : MinimalLogger
{
    protected override void Log(object message)
    {
        if (message is LogEvent logged)
        {
            System.Console.Out.WriteLine(Format(logged, System.Console.IsOutputRedirected));
        }
    }

    internal static string Format(LogEvent logged, bool asJson)
    {
        var level = logged.LogLevel() >= AkkaLogLevel.ErrorLevel ? LogLevel.Error : LogLevel.Warning;
        var line = new LogLine(logged.Cause is { } cause ? $"{logged.Message}: {cause.Message}" : $"{logged.Message}", []);
        var text = line.Text;
        if (!asJson)
        {
            return FormattableString.Invariant($"{logged.Timestamp:HH:mm:ss.fff} {level}: {AkkaLogForwarder.Category}[0] {text}");
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", logged.Timestamp.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("EventId", 0);
            json.WriteString("LogLevel", level.ToString());
            json.WriteString("Category", AkkaLogForwarder.Category);
            json.WriteString("Message", text);
            json.WriteStartObject("State");
            foreach (var (key, value) in line)
            {
                json.WriteString(key, value as string);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
