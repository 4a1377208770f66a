using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// What merchants have used of their limits: one row per merchant, which every change of the merchant's shares and sightings
/// locks first, the shares of the day, and the sightings of duplicates. Shares are open until the payment was seen in the
/// read model.
/// </summary>
internal sealed class AdmissionTables(SqlDialect dialect)
{
    private static readonly SqlTable<DayShare> Shares = new(
        "merchant_day_shares",
        [
            new("payment", SqlType.Text, row => row.Payment.Value),
            new("merchant", SqlType.Text, row => row.Merchant.Value),
            new("day", SqlType.Number, row => row.Day),
            new("amount", SqlType.Number, row => row.Amount),
            new("requests", SqlType.Number, row => (long)row.Requests),
            new("at", SqlType.Number, row => row.At.ToStored()),
            new("is_open", SqlType.Flag, _ => true),
        ],
        Version: null);

    private static readonly SqlTable<Sighting> Sightings = new(
        "merchant_sightings",
        [
            new("id", SqlType.Text, row => KeyOf(row.Content, row.Payment)),
            new("content", SqlType.Text, row => TextOf(row.Content)),
            new("payment", SqlType.Text, row => row.Payment.Value),
            new("order_no", SqlType.Text, row => row.OrderNo),
            new("requests", SqlType.Number, row => (long)row.Requests),
            new("at", SqlType.Number, row => row.At.ToStored()),
        ],
        Version: null);

    /// <summary>To be called in a transaction that holds the lock on the schema.</summary>
    public Task CreateAsync(DbConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(
        $"""
        create table if not exists merchant_allowances (
            merchant {dialect.KeyTypeName} primary key, full_at bigint not null, day bigint not null, sum bigint not null);
        {Shares.CreateStatement(dialect)};
        create index if not exists merchant_day_shares_day on merchant_day_shares (day, merchant);
        create index if not exists merchant_day_shares_open on merchant_day_shares (at) where is_open;
        {Sightings.CreateStatement(dialect)};
        create index if not exists merchant_sightings_content on merchant_sightings (content);
        create index if not exists merchant_sightings_at on merchant_sightings (at)
        """,
        cancellation);

    /// <summary>Locks the merchants, in an order that all nodes agree on, and reads what concerns the payments.</summary>
    public async Task<Admissions> LoadAsync(
        DbConnection connection, AdmissionRules rules, IReadOnlyCollection<MerchantId> merchants,
        IReadOnlyCollection<PaymentId> payments, IReadOnlyCollection<Fingerprint> contents, CancellationToken cancellation)
    {
        var allowances = await LockAsync(connection, merchants, cancellation);
        if (allowances.Count < merchants.Count)
        {
            foreach (var merchant in merchants.OrderBy(merchant => merchant.Value, StringComparer.Ordinal))
            {
                await connection.ExecuteAsync(
                    "insert into merchant_allowances (merchant, full_at, day, sum) values (@merchant, 0, 0, 0) "
                    + "on conflict do nothing",
                    cancellation, ("merchant", merchant.Value));
            }

            allowances = await LockAsync(connection, merchants, cancellation);
        }

        var shares = await ReadAsync(
            connection, "select payment, merchant, day, amount, requests, at from merchant_day_shares where", "payment",
            payments.Select(payment => payment.Value), ReadShare, cancellation);
        var sightings = await ReadAsync(
            connection, "select content, payment, order_no, requests, at from merchant_sightings where", "content",
            contents.Select(TextOf), ReadSighting, cancellation);
        return new Admissions(rules, allowances, shares, sightings);
    }

    public async Task SaveAsync(DbConnection connection, Admissions admissions, CancellationToken cancellation)
    {
        await DeleteAsync(
            connection, Shares.Name, "payment", [.. admissions.Shares.ToReplace.Select(payment => payment.Value)], cancellation);
        await DeleteAsync(
            connection, Sightings.Name, "id",
            [.. admissions.Sightings.ToReplace.Select(key => KeyOf(key.Item1, key.Item2))], cancellation);
        await dialect.InsertAsync(connection, Shares, [.. admissions.Shares.ToWrite], cancellation);
        await dialect.InsertAsync(connection, Sightings, [.. admissions.Sightings.ToWrite], cancellation);
        foreach (var row in admissions.Allowances.ToWrite)
        {
            await connection.ExecuteAsync(
                "update merchant_allowances set full_at = @full_at, day = @day, sum = @sum where merchant = @merchant",
                cancellation,
                ("merchant", row.Merchant.Value), ("full_at", row.FullAt.UtcTicks), ("day", row.Day), ("sum", row.Sum));
        }
    }

    /// <summary>Those of the payments that have no share.</summary>
    public async Task<IReadOnlyList<Payment>> WithoutShareAsync(
        DbConnection connection, IReadOnlyList<Payment> payments, CancellationToken cancellation)
    {
        var counted = await ReadAsync(
            connection, "select payment from merchant_day_shares where", "payment",
            payments.Select(payment => payment.Id.Value), row => row.GetString(0), cancellation);
        var known = counted.ToHashSet();
        return [.. payments.Where(payment => !known.Contains(payment.Id.Value))];
    }

    public Task<IReadOnlyList<DayShare>> OpenSharesAsync(
        DbConnection connection, DateTimeOffset before, int limit, CancellationToken cancellation) => connection.QueryAsync(
        """
        select payment, merchant, day, amount, requests, at from merchant_day_shares where is_open and at < @before
        order by at limit @limit
        """,
        ReadShare, cancellation, ("before", before.ToStored()), ("limit", limit));

    public async Task PruneAsync(
        DbConnection connection, long daysBefore, DateTimeOffset sightingsBefore, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(
            "delete from merchant_day_shares where day < @day", cancellation, ("day", daysBefore));
        await connection.ExecuteAsync(
            "delete from merchant_sightings where at < @at", cancellation, ("at", sightingsBefore.ToStored()));
    }

    private Task<IReadOnlyList<Allowance>> LockAsync(
        DbConnection connection, IReadOnlyCollection<MerchantId> merchants, CancellationToken cancellation)
    {
        var (condition, value) = dialect.IsAnyOf("merchant", "@keys", merchants.Select(merchant => merchant.Value));
        return connection.QueryAsync(
            $"""
            select merchant, full_at, day, sum from merchant_allowances where {condition} order by merchant {dialect.ForUpdate}
            """,
            row => new Allowance(
                MerchantId.Unchecked(row.GetString(0)), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetInt64(2),
                row.GetInt64(3)),
            cancellation, ("keys", value));
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        DbConnection connection, string select, string column, IEnumerable<string> keys, Func<DbDataReader, T> read,
        CancellationToken cancellation)
    {
        var known = keys.Distinct().ToList();
        if (known.Count == 0)
        {
            return [];
        }

        var (condition, value) = dialect.IsAnyOf(column, "@keys", known);
        return await connection.QueryAsync($"{select} {condition}", read, cancellation, ("keys", value));
    }

    private async Task DeleteAsync(
        DbConnection connection, string table, string key, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        if (keys.Count > 0)
        {
            var (condition, value) = dialect.IsAnyOf(key, "@keys", keys);
            await connection.ExecuteAsync($"delete from {table} where {condition}", cancellation, ("keys", value));
        }
    }

    private static string TextOf(Fingerprint content) => content.Value.ToString("x32", CultureInfo.InvariantCulture);

    private static string KeyOf(Fingerprint content, PaymentId payment) => $"{TextOf(content)}/{payment.Value}";

    private static DayShare ReadShare(DbDataReader row) => new(
        ReadPayment(row.GetString(0)), MerchantId.Unchecked(row.GetString(1)), row.GetInt64(2), row.GetInt64(3),
        (int)row.GetInt64(4), row.GetInt64(5).ToTime());

    private static Sighting ReadSighting(DbDataReader row) => new(
        new Fingerprint(UInt128.Parse(row.GetString(0), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ReadPayment(row.GetString(1)), row.GetString(2), (int)row.GetInt64(3), row.GetInt64(4).ToTime());

    private static PaymentId ReadPayment(string text) => PaymentId.Parse(text)
        ?? throw new InvalidDataException($"'{text}' in the tables of merchants' limits is no payment's id.");
}
