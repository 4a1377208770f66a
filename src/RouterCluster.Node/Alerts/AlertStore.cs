using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Alerts;

/// <summary>
/// Alerts, their mutes, and the messages to robots that are still to be sent. The evaluating node writes alerts and messages,
/// any node writes mutes.
/// </summary>
public sealed class AlertStore
{
    private const string Columns = """
        a.rule, a.channel, a.product, a.merchant, a.code, a.node, a.since, a.resolved_at, a.value, a.threshold, a.message,
        a.caused_by, a.announced, m.until, m.by_name, m.reason
        """;

    private const string IsActive = "a.resolved_at = 0";

    private const string Source = "alerts a left join alert_mutes m on m.id = a.id";

    private readonly RouterDatabase _database;

    private AlertStore(RouterDatabase database) => _database = database;

    public static async Task<AlertStore> OpenAsync(RouterDatabase database, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation);
        return new AlertStore(database);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            $"""
            {AlertRow.Table.CreateStatement(dialect)};
            {MuteRow.Table.CreateStatement(dialect)};
            {MessageRow.Table.CreateStatement(dialect)};
            create index if not exists alerts_newest on alerts (since desc, id desc)
            """,
            cancellation);

    /// <summary>An alert's row is replaced if its version is higher; messages to robots are added.</summary>
    public Task<int> SaveAsync(
        IReadOnlyList<VersionedAlert> alerts, IReadOnlyList<RobotMessage> messages, CancellationToken cancellation) =>
        _database.WriteAsync(
            async connection =>
            {
                await _database.Dialect.UpsertAsync(
                    connection, AlertRow.Table, [.. alerts.Select(alert => new AlertRow(alert))], cancellation);
                await _database.Dialect.UpsertAsync(
                    connection, MessageRow.Table, [.. messages.Select(message => new MessageRow(message))], cancellation);
                return alerts.Count;
            },
            cancellation);

    /// <summary>Active alerts, those among them that people know, and messages that are still to be sent.</summary>
    public async Task<StoredAlerts> ReadAsync(CancellationToken cancellation)
    {
        var active = await _database.QueryAsync(
            $"select {Columns} from {Source} where {IsActive}", ReadAnnounced, cancellation).ConfigureAwait(false);
        var messages = await _database.QueryAsync(
            $"select {Columns}, s.robot, s.kind, s.at from {Source} join alert_messages s on s.alert = a.id order by s.at",
            row => new RobotMessage(
                row.GetString(16),
                new Announcement(((int)row.GetInt64(17)).ToKnown<AnnouncementKind>(), ReadAnnounced(row).Alert),
                row.GetInt64(18).ToTime()),
            cancellation).ConfigureAwait(false);
        return new StoredAlerts(
            [.. active.Select(row => row.Alert)],
            [.. active.Where(row => row.IsAnnounced).Select(row => row.Alert.Id)],
            messages);
    }

    public Task SentAsync(IReadOnlyList<string> messages, CancellationToken cancellation)
    {
        var (isSent, ids) = _database.Dialect.IsAnyOf("id", "@ids", messages);
        return _database.WriteAsync(
            connection => connection.ExecuteAsync(
                $"delete from alert_messages where {isSent}", cancellation, ("ids", ids)),
            cancellation);
    }

    private static string ConditionOf(AlertStanding standing) => standing switch
    {
        AlertStanding.Active => $"{IsActive} and (m.until is null or m.until <= @now)",
        AlertStanding.Muted => $"{IsActive} and m.until > @now",
        AlertStanding.Resolved => "a.resolved_at > 0",
    };

    /// <summary>Newest first.</summary>
    /// <param name="cursor">Null for the first page.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    public async Task<AlertPage> ListAsync(
        AlertStanding? standing, DateTimeOffset now, int limit, string? cursor, CancellationToken cancellation)
    {
        var (at, id) = PageCursor.Read(cursor, long.MaxValue, text => text.StartsWith(Alert.IdPrefix, StringComparison.Ordinal));
        var condition = standing is { } known ? ConditionOf(known) : IsActive;
        var rows = await _database.QueryAsync(
            $"""
            select {Columns} from {Source}
            where {condition} and (a.since < @at or (a.since = @at and a.id < @id))
            order by a.since desc, a.id desc limit @limit
            """,
            ReadAnnounced, cancellation,
            ("now", now.ToStored()), ("at", at), ("id", id), ("limit", limit + 1)).ConfigureAwait(false);
        var (items, next) = PageCursor.Page([.. rows.Select(row => row.Alert)], limit, last => (last.Since, last.Id));
        return new AlertPage(items, next);
    }

    /// <summary>
    /// Alerts in the order in which they began, or in which they were resolved, newest first, whatever they are now.
    /// </summary>
    /// <param name="channel">Null: of any subject.</param>
    internal async Task<IReadOnlyList<Alert>> HistoryAsync(
        AlertHistory order, DateTimeOffset since, (long At, string Id) before, IEnumerable<AlertRule> rules, ChannelId? channel,
        int limit, CancellationToken cancellation)
    {
        var moment = order == AlertHistory.Begun ? "a.since" : "a.resolved_at";
        var (isRule, names) = _database.Dialect.IsAnyOf("a.rule", "@rules", rules.Select(rule => rule.Name()));
        var rows = await _database.QueryAsync(
            $"""
            select {Columns} from {Source}
            where {isRule} and (@channel = '' or a.channel = @channel)
              and {moment} >= @since and {moment} <= @at and ({moment} < @at or a.id < @id)
            order by {moment} desc, a.id desc limit @limit
            """,
            ReadAnnounced, cancellation, ("rules", names), ("channel", channel?.Value ?? ""), ("since", since.ToStored()),
            ("at", before.At), ("id", before.Id), ("limit", limit)).ConfigureAwait(false);
        return [.. rows.Select(row => row.Alert)];
    }

    public async Task<Alert?> FindAsync(string id, CancellationToken cancellation) => (await _database.QueryAsync(
        $"select {Columns} from {Source} where a.id = @id", ReadAnnounced, cancellation, ("id", id)).ConfigureAwait(false))
        .Select(row => row.Alert).SingleOrDefault();

    /// <summary>Writes the mute with its row of the audit trail. One whose time is over takes an earlier one back.</summary>
    public Task MuteAsync(Alert alert, AlertMute mute, DateTimeOffset now, CancellationToken cancellation) =>
        _database.WriteAsync(
            async connection =>
            {
                var last = await connection.QueryAsync(
                    "select version from alert_mutes where id = @id", row => row.GetInt64(0), cancellation, ("id", alert.Id));
                var version = Math.Max(now.ToStored(), last.SingleOrDefault() + 1);
                await _database.Dialect.UpsertAsync(
                    connection, MuteRow.Table, [new MuteRow(alert.Id, mute, version)], cancellation);
                await _database.Dialect.UpsertAsync(
                    connection, AuditRow.Table, [AuditOf(alert, mute, now, version)], cancellation);
                return version;
            },
            cancellation);

    /// <summary>The mutes in force, by the alert's id.</summary>
    public async Task<IReadOnlyDictionary<string, AlertMute>> MutesAsync(DateTimeOffset now, CancellationToken cancellation) =>
        (await _database.QueryAsync(
            "select id, until, by_name, reason from alert_mutes where until > @now",
            row => (Id: row.GetString(0), Mute: new AlertMute(row.GetInt64(1).ToTime(), row.GetString(2), row.GetString(3))),
            cancellation, ("now", now.ToStored())).ConfigureAwait(false)).ToDictionary(row => row.Id, row => row.Mute);

    /// <summary>Deletes alerts that were resolved before then, mutes of no alert, and messages that nobody took since.</summary>
    public Task PruneAsync(DateTimeOffset resolvedBefore, DateTimeOffset unsentBefore, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                delete from alerts where resolved_at > 0 and resolved_at < @resolved;
                delete from alert_mutes where not exists (select 1 from alerts where alerts.id = alert_mutes.id);
                delete from alert_messages where at < @unsent
                """,
                cancellation, ("resolved", resolvedBefore.ToStored()), ("unsent", unsentBefore.ToStored())),
            cancellation);

    private static AuditRow AuditOf(Alert alert, AlertMute mute, DateTimeOffset now, long version)
    {
        var subject = $"{alert.Rule.Name()} of {alert.Subject} ({alert.Id})";
        var what = mute.Until > now
            ? $"muted alert {subject} until {mute.Until:yyyy-MM-ddTHH:mm:ssZ}"
            : $"unmuted alert {subject}";
        return new AuditRow(
            new AuditEntry(
                string.Create(CultureInfo.InvariantCulture, $"{alert.Id}/{version}"), now, mute.By, what,
                mute.Reason.Length > 0 ? mute.Reason : null, null, null),
            1);
    }

    private static (Alert Alert, bool IsAnnounced) ReadAnnounced(DbDataReader row)
    {
        var subject = new AlertSubject
        {
            Channel = row.IsDBNull(1) ? null : ChannelId.Unchecked(row.GetString(1)),
            Product = row.IsDBNull(2) ? null : ProductNames.Parse(row.GetString(2)),
            Merchant = row.IsDBNull(3) ? null : MerchantId.Unchecked(row.GetString(3)),
            Code = row.IsDBNull(4) ? null : row.GetString(4),
            Node = row.IsDBNull(5) ? null : row.GetString(5),
        };
        var rule = AlertRules.Parse(row.GetString(0))
            ?? throw new InvalidDataException($"{row.GetString(0)} is no rule of alerts that this version knows.");
        var alert = new Alert(
            new AlertKey(rule, subject), row.GetInt64(6).ToTime(), NumberOf(row.GetString(8)), NumberOf(row.GetString(9)),
            row.GetString(10))
        {
            ResolvedAt = row.GetInt64(7) == 0 ? null : row.GetInt64(7).ToTime(),
            CausedBy = row.IsDBNull(11) ? null : row.GetString(11),
            Mute = row.IsDBNull(13) ? null : new AlertMute(row.GetInt64(13).ToTime(), row.GetString(14), row.GetString(15)),
        };
        return (alert, row.GetInt64(12) != 0);
    }

    private static double NumberOf(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <param name="Announced">Ids of active alerts that people have been told of.</param>
/// <param name="Unsent">The oldest first.</param>
public sealed record StoredAlerts(
    IReadOnlyList<Alert> Active, IReadOnlyList<string> Announced, IReadOnlyList<RobotMessage> Unsent);

/// <param name="Version">Grows with each change of the alert.</param>
public sealed record VersionedAlert(Alert Alert, bool IsAnnounced, long Version);

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record AlertPage(IReadOnlyList<Alert> Items, string? Next);

internal enum AlertHistory
{
    Begun = 1,
    Resolved = 2,
}
