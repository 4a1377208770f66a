using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Dispatch;
using Akka.Event;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace RouterCluster.Host.Node;

/// <summary>Hands the host's logging to the actor system.</summary>
internal sealed class LoggerFactorySetup(ILoggerFactory factory) : Setup
{
    public ILoggerFactory Factory => factory;
}

/// <summary>Akka's log events as the host's: one log, one format.</summary>
internal sealed class AkkaLogForwarder : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public const string Hocon = """
        akka.loggers = ["RouterCluster.Host.Node.AkkaLogForwarder, RouterCluster.Host"]
        akka.stdout-loglevel = ERROR
        """;

    private readonly ILogger _log;

    public AkkaLogForwarder()
    {
        _log = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.Factory.CreateLogger("RouterCluster");
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
        // Akka's own news of joining and sharding belongs to whoever looks for it.
        var isOwn = logged.LogClass.Namespace?.StartsWith("RouterCluster", StringComparison.Ordinal) == true;
        if (isOwn || level >= LogLevel.Warning)
        {
            _log.Log(level, logged.Cause, "{Message}", logged.Message);
        }
    }
}
