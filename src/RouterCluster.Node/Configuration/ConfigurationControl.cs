using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
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

    public Task<ConfigurationOutcome?> ApplyAsync(ConfigurationRequest request, CancellationToken cancellation)
    {
        var document = ConfigurationDocument.Parse(request.Text);
        return ChangeAsync(
            new Change(request.By, request.Reason, request.IsDryRun, document.Show),
            last => Task.FromResult(new Planned(ConfigurationPlan.Of(inForce.Files, last.State, document), [])), cancellation);
    }

    public async Task<RollbackAnswer> RollBackAsync(RollbackRequest request, CancellationToken cancellation)
    {
        if (await store.FindAsync(request.To, cancellation) is not { } earlier)
        {
            return new RollbackAnswer.NoSuchVersion(await store.NewestVersionAsync(cancellation));
        }

        var reason = $"{request.Reason} (back to {request.To})";
        var outcome = await ChangeAsync(
            new Change(request.By, reason, request.IsDryRun, error => (error.Key, $"{error}", null)),
            async last =>
            {
                var back = ConfigurationRollback.Of(
                    inForce.Files, last.State, earlier.State, await LastAsync(last, earlier, cancellation));
                return new Planned(back.Plan, back.Kept);
            },
            cancellation);
        return outcome is null ? new RollbackAnswer.Contended() : new RollbackAnswer.Done(outcome);
    }

    private async Task<ConfigurationOutcome?> ChangeAsync(
        Change change, Func<ConfigurationVersion, Task<Planned>> planOver, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await inForce.TakeAsync(await store.NewestAsync(cancellation), cancellation);
            var last = inForce.Current;
            var (plan, kept) = await planOver(last);
            var errors = plan.Settings is { } settings
                ? await OrphansAsync(plan, settings.Channels, cancellation)
                : plan.Errors;
            ImmutableArray<string> changes = [.. plan.Changes.Select(one => $"{one}{Overridden(one)}")];
            if (change.IsDryRun || !errors.IsEmpty || changes.IsEmpty)
            {
                return new ConfigurationOutcome(null, changes, [.. errors.Select(change.Show)]) { Kept = kept };
            }

            var next = new ConfigurationVersion(
                last.Version + 1, plan.After, clock.Utc, change.By, change.Reason, ChangeLines.Join(changes));

            // Whoever asked may go away: what is stored is in force everywhere in any case.
            if (await store.AddAsync(next, CancellationToken.None))
            {
                await inForce.TakeAsync(next, CancellationToken.None);
                return new ConfigurationOutcome(next.Version, changes, []) { Kept = kept };
            }
        }

        return null;
    }

    /// <summary>Of those that return, what lay over the files when they were there last.</summary>
    private async Task<IReadOnlyDictionary<(string Part, string Name), SettingNode?>> LastAsync(
        ConfigurationVersion now, ConfigurationVersion earlier, CancellationToken cancellation)
    {
        var found = new Dictionary<(string Part, string Name), SettingNode?>();
        var sought = ConfigurationRollback.Returning(inForce.Files, now.State, earlier.State);
        for (var version = now.Version - 1; found.Count < sought.Length; version--)
        {
            var state = version > earlier.Version ? (await store.FindAsync(version, cancellation))!.State : earlier.State;
            foreach (var (part, name) in sought.Where(one => state.Has(inForce.Files.Tree, one.Part, one.Name)))
            {
                found.TryAdd((part, name), state.Find(part, name));
            }
        }

        return found;
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

    private sealed record Change(
        string By, string Reason, bool IsDryRun, Func<SettingError, (string Key, string What, int? Line)> Show);

    private sealed record Planned(ConfigurationPlan Plan, ImmutableArray<string> Kept);
}
