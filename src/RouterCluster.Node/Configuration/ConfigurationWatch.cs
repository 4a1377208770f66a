using System.Data.Common;
using System.Security.Cryptography;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Configuration;

/// <summary>
/// Looks for versions that other nodes have stored, and lets removed channels leave when none of their attempts is open any
/// more.
/// </summary>
internal sealed partial class ConfigurationWatch(
    ConfigurationInForce inForce, ConfigurationStore store, PaymentReadModel readModel, ListInForce<ChannelSettings> channels,
    ChangeSettings settings, RouterClock clock, Troubles troubles, ILogger<ConfigurationWatch> logger) : BackgroundService
{
    private const string Subject = "configuration";
    private const string Router = "router";

    /// <summary>Looking for open attempts reads all of them.</summary>
    private static readonly TimeSpan LookForLeaversEvery = TimeSpan.FromSeconds(2);

    private TimeSpan _lookedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Poll, clock.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                if (troubles.End(Subject))
                {
                    LogBack();
                }
            }
            catch (Exception failure) when (failure is DbException or TimeoutException or CryptographicException)
            {
                if (troubles.Begin(Subject, failure.Message))
                {
                    LogAway(inForce.Current.Version, failure.Message);
                }
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (await store.NewestVersionAsync(cancellation) > inForce.Current.Version)
        {
            await inForce.TakeAsync(await store.NewestAsync(cancellation), cancellation);
        }

        var current = inForce.Current;
        var now = clock.Monotonic;
        if (!current.State.Leaving.IsEmpty && clock.Utc - current.At >= settings.LeaveAfter
            && now - _lookedAt >= LookForLeaversEvery)
        {
            _lookedAt = now;
            await LetLeaveAsync(current, cancellation);
        }
    }

    /// <summary>Of several nodes that find this at once, one stores it.</summary>
    private async Task LetLeaveAsync(ConfigurationVersion current, CancellationToken cancellation)
    {
        var staying = channels.Where(channel => !current.State.Leaving.Contains(channel.Id.Value)).ToList();
        var count = await OpenAttemptCheck.CountAsync(staying, readModel, cancellation);
        var asked = count.WithoutChannel.Select(left => left.Channel).ToHashSet();
        var done = current.State.Leaving.Where(channel => !asked.Contains(ChannelId.Unchecked(channel))).ToList();
        var after = done.Aggregate(current.State, (state, channel) => state.Leave(channel));
        if (done.Count == 0 || inForce.Files.Read(after).Settings is null)
        {
            return;
        }

        var next = new ConfigurationVersion(
            current.Version + 1, after, clock.Utc, Router, "none of its attempts is open any more",
            ChangeLines.Join(done.Select(channel => $"channel {channel}: left")));
        if (await store.AddAsync(next, cancellation))
        {
            await inForce.TakeAsync(next, cancellation);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Newer configurations cannot be looked for, {InForce} stays in force: {Why}")]
    private partial void LogAway(long inForce, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Newer configurations can be looked for again")]
    private partial void LogBack();
}
