using RouterCluster.Channels;
using RouterCluster.Host;
using RouterCluster.Node;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;
using HostOptions = RouterCluster.Host.HostOptions;

const int WrongUse = 2, GoneOnWithoutIt = 1;

var options = HostOptions.Parse(args);
if (options.Help || options.Version)
{
    Console.WriteLine(options.Help ? HostOptions.Usage : typeof(RunningNode).Assembly.GetName().Version?.ToString(3));
    return 0;
}

if (options.Errors.Length > 0)
{
    return Refuse(options.Errors);
}

var loaded = SettingsSource.Load(options.ConfigFiles, options.Sets, Environment.GetEnvironmentVariable);
var reading = RouterSettings.Read(loaded.Config, [.. ChannelProtocols.Names]);
SettingError[] nowhere = reading.Settings is { Channels.IsEmpty: true }
    ? [new SettingError("router.channels", "(none)", "at least one channel, or router.demo = on")]
    : [];
var errors = loaded.Errors.Concat(reading.Errors).Concat(nowhere).Select(error => error.ToString()).ToArray();
if (reading.Settings is not { } settings || errors.Length > 0)
{
    return Refuse(errors);
}

await Console.Error.WriteAsync(string.Concat(reading.Warnings.Select(warning => $"warning: {warning}{Environment.NewLine}")));

var isStarted = false;
try
{
    if (options.Migrate)
    {
        Console.WriteLine(await NodeSchema.MigrateAsync(settings, CancellationToken.None));
        return 0;
    }

    await using var simulator = settings.Node.Demo ? await DemoSimulator.StartAsync(settings, CancellationToken.None) : null;
    await using var node = await RunningNode.StartAsync(
        settings, loaded.Config, Protocols.Connect, TimeProvider.System, CancellationToken.None);
    isStarted = true;
    var stopped = node.App.WaitForShutdownAsync();
    await Task.WhenAny(node.Ready, stopped);
    if (node.Ready.IsCompleted)
    {
        Console.WriteLine(Greeting.For(settings, simulator is not null));
    }

    await stopped;
    node.ThrowIfRefused();
    return node.HasLostStorage || node.WasDowned ? GoneOnWithoutIt : 0;
}
catch (Exception wrong) when (wrong is StorageMismatchException or StorageOwnedException
    or JoinRefusedException or EncryptionKeyException or StartUpException)
{
    return Refuse([wrong.Message]);
}
catch (Exception wrong) when (!isStarted && StartUpFaults.Of(wrong, settings) is { } fault)
{
    return Refuse([fault.Message]);
}

static int Refuse(IEnumerable<string> errors)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return WrongUse;
}
