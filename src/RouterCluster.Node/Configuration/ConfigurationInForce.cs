using Akka.Actor;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Configuration;

/// <summary>Brings stored versions into force on this node, in their order and each as a whole.</summary>
internal sealed partial class ConfigurationInForce(
    FileConfiguration files, ConfigurationVersion first, ListInForce<MerchantSettings> merchants,
    ListInForce<ChannelSettings> channels, AdmissionStore admissions, ActorSystem system,
    ILogger<ConfigurationInForce> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile ConfigurationVersion _current = first;
    private long _refused;

    public ConfigurationVersion Current => _current;

    public FileConfiguration Files => files;

    /// <summary>Does nothing when the version, or a later one, is in force.</summary>
    public async Task TakeAsync(ConfigurationVersion next, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var last = _current;
            if (next.Version <= last.Version)
            {
                return;
            }

            var reading = files.Read(next.State);
            if (reading.Settings is not { } settings)
            {
                Refuse(next, reading.Errors[0]);
                return;
            }

            var changes = ConfigurationDifference.Between(last.State.Over(files.Tree), next.State.Over(files.Tree));
            await admissions.LimitAsync(settings.Merchants.WithDayLimit(), cancellation);
            channels.Replace(Kept(channels.Current, settings.Channels, one => one.Id.Value, Names(changes, "channel")));
            merchants.Replace(Kept(merchants.Current, settings.Merchants, one => one.Id.Value, Names(changes, "merchant")));
            _current = next;
            system.EventStream.Publish(ConfigurationTaken.Instance);
            LogTaken(next.Version, next.By, next.What);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static HashSet<string> Names(IEnumerable<ConfigurationChange> changes, string kind) =>
        [.. changes.Where(change => change.Kind == kind).Select(change => change.Name)];

    /// <summary>Who is unchanged stays the same object, by which readers know that nothing is to be done.</summary>
    private static T[] Kept<T>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> nameOf, HashSet<string> changed)
    {
        var known = before.ToDictionary(nameOf, StringComparer.Ordinal);
        return [.. after.Select(one => changed.Contains(nameOf(one)) ? one : known.GetValueOrDefault(nameOf(one), one))];
    }

    private void Refuse(ConfigurationVersion next, SettingError error)
    {
        if (_refused != next.Version)
        {
            _refused = next.Version;
            LogRefused(next.Version, _current.Version, error.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration {Version} by {By} is in force: {What}")]
    private partial void LogTaken(long version, string by, string what);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Configuration {Version} cannot be taken over, {InForce} stays in force: {Error}")]
    private partial void LogRefused(long version, long inForce, string error);
}
