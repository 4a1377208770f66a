using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Configuration;

/// <summary>
/// Operators' changes of the configuration: checked over the newest version, stored, and in force here at once.
/// </summary>
internal sealed class ConfigurationControl(
    ConfigurationInForce inForce, ConfigurationStore store, PaymentReadModel readModel, IChannels channels, RouterClock clock)
    : IConfigurationControl
{
    private const int MostTries = 5;

    public async Task<ConfigurationOutcome?> ApplyAsync(ConfigurationRequest request, CancellationToken cancellation)
    {
        var document = ConfigurationDocument.Parse(request.Text);
        for (var tries = 0; tries < MostTries; tries++)
        {
            await inForce.TakeAsync(await store.NewestAsync(cancellation), cancellation);
            var last = inForce.Current;
            var plan = ConfigurationPlan.Of(inForce.Files, last.State, document);
            var errors = plan.Settings is { } settings
                ? await OrphansAsync(plan, settings.Channels, cancellation)
                : plan.Errors;
            ImmutableArray<string> changes = [.. plan.Changes.Select(change => $"{change}{Overridden(change)}")];
            if (request.IsDryRun || !errors.IsEmpty || changes.IsEmpty)
            {
                return new ConfigurationOutcome(null, changes, [.. errors.Select(document.Show)]);
            }

            var next = new ConfigurationVersion(
                last.Version + 1, plan.After, clock.Utc, request.By, request.Reason, string.Join("; ", changes));

            // Whoever asked may go away: what is stored is in force everywhere in any case.
            if (await store.AddAsync(next, CancellationToken.None))
            {
                await inForce.TakeAsync(next, CancellationToken.None);
                return new ConfigurationOutcome(next.Version, changes, []);
            }
        }

        return null;
    }

    /// <summary>Attempts that only the account knows to which they were sent.</summary>
    private async Task<ImmutableArray<SettingError>> OrphansAsync(
        ConfigurationPlan plan, ImmutableArray<ChannelSettings> after, CancellationToken cancellation)
    {
        var moved = plan.Changes.Where(change => change is { Kind: "channel", Key: "base-url" or "merchant-id" or "protocol" })
            .Select(change => change.Name).ToHashSet();
        if (moved.Count == 0)
        {
            return [];
        }

        var count = await OpenAttemptCheck.CountAsync(after, readModel, cancellation);
        return
        [
            .. count.SentElsewhere.Where(left => moved.Contains(left.Channel.Value)).Select(left => new SettingError(
                $"router.channels.{left.Channel}", left.Size,
                $"an account that knows them (they were sent to {left.Sent}): wait, or retire it and add one of another name")),
        ];
    }

    /// <summary>An operator's value stays in force over the configured one.</summary>
    private string Overridden(ConfigurationChange change) => change.Kind == "channel"
        && channels.All().FirstOrDefault(status => status.Channel == ChannelId.Unchecked(change.Name))?.Overrides
            .FirstOrDefault(one => one.Key.Name() == change.Key) is { } found
        ? FormattableString.Invariant($" (not in force: {found.Mark?.By ?? "an operator"} has set {found.Value})")
        : "";
}
