using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Audit;

/// <summary>
/// Merges two sources: rulings on payments from their table and changes of channels from the channels' memory. Within one
/// millisecond the rulings come first.
/// </summary>
internal sealed class AuditLog(AuditTrail decisions, IChannels channels) : IAuditLog
{
    private const char Separator = '.';
    private const string OfDecisions = "d";
    private const string OfChannels = "c";

    public async Task<ListBody<AuditBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        var from = cursor is null ? null : Position.Parse(cursor);
        var decided = await decisions.ListAsync(limit + 1, from?.ForDecisions(), cancellation);
        var page = decided.Select(AsItem).Concat(Changes().Where(item => from is null || item.Position.IsAfter(from)))
            .OrderByDescending(item => item.Position.At)
            .ThenBy(item => item.Position.Source == OfDecisions ? 0 : 1)
            .Take(limit + 1)
            .ToList();
        var next = page.Count > limit ? page[limit - 1].Position.ToString() : null;
        return new ListBody<AuditBody>([.. page.Take(limit).Select(item => item.Body)], next);
    }

    public Task<IReadOnlyList<AuditEntry>> OfPaymentAsync(PaymentId payment, int limit, CancellationToken cancellation) =>
        decisions.OfPaymentAsync(payment, limit, cancellation);

    public Task AddAsync(AuditEntry entry, CancellationToken cancellation) => decisions.AddAsync(entry, cancellation);

    private static Item AsItem(AuditEntry entry) => new(
        new Position(entry.At, OfDecisions, entry.Id),
        new AuditBody(entry.At, entry.By, entry.What, entry.Reason, null, entry.Payment, entry.Evidence));

    /// <summary>Newest first; changes of one millisecond keep their order by a number.</summary>
    private IEnumerable<Item> Changes() => channels.Changes()
        .GroupBy(made => made.Change.At.ToUnixTimeMilliseconds())
        .SelectMany(together => together.Select((made, index) => new Item(
            new Position(
                DateTimeOffset.FromUnixTimeMilliseconds(together.Key), OfChannels, index.ToString(CultureInfo.InvariantCulture)),
            new AuditBody(made.Change.At, made.Change.By, made.Change.What, made.Change.Reason, made.Channel.Value))));

    private sealed record Item(Position Position, AuditBody Body);

    private sealed record Position(DateTimeOffset At, string Source, string Id)
    {
        /// <exception cref="FormatException">No page ended with this cursor.</exception>
        public static Position Parse(string cursor)
        {
            var parts = cursor.Split(Separator, 3);
            return parts.Length == 3 && parts[1] is OfDecisions or OfChannels
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                && (parts[1] == OfDecisions || int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? new Position(DateTimeOffset.FromUnixTimeMilliseconds(at), parts[1], parts[2])
                : throw new FormatException("The cursor is not one that a page of the audit trail ended with.");
        }

        /// <summary>Rulings of the same millisecond came before the change.</summary>
        public AuditPoint ForDecisions() => new(At, Source == OfDecisions ? Id : "");

        public bool IsAfter(Position last) => At < last.At
            || (At == last.At && (last.Source == OfDecisions || Number > last.Number));

        public override string ToString() =>
            string.Join(Separator, At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Source, Id);

        private int Number => int.Parse(Id, CultureInfo.InvariantCulture);
    }
}
