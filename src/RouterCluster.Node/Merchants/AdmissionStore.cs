using System.Data.Common;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Merchants;

/// <summary>The merchants' limits in the database, which all nodes of a cluster share.</summary>
/// <param name="limitedFirst">Merchants with an amount per day when the node starts.</param>
internal sealed class AdmissionStore(
    RouterDatabase database, AdmissionRules rules, IReadOnlySet<MerchantId> limitedFirst, TimeProvider clock) : IPaymentTable
{
    private static readonly string MovesNoMoney = $"({(int)PaymentState.Failed}, {(int)PaymentState.Closed})";
    private readonly AdmissionTables _tables = new(database.Dialect);
    private volatile IReadOnlySet<MerchantId> _limited = limitedFirst;

    public Task CreateAsync(DbConnection connection, CancellationToken cancellation) =>
        _tables.CreateAsync(connection, cancellation);

    /// <summary>Does the work on the rows of these merchants, payments and contents in one transaction.</summary>
    public Task<T> ChangeAsync<T>(
        IReadOnlyCollection<MerchantId> merchants, IReadOnlyCollection<PaymentId> payments,
        IReadOnlyCollection<Fingerprint> contents, Func<Admissions, T> work, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var admissions = await _tables.LoadAsync(connection, rules, merchants, payments, contents, cancellation);
                var result = work(admissions);
                await _tables.SaveAsync(connection, admissions, cancellation);
                return result;
            },
            cancellation);

    /// <summary>
    /// In the transaction that writes the payments: what moves no money is given back exactly once, and a payment that
    /// was accepted before its merchant had a limit is counted.
    /// </summary>
    public async Task WriteAsync(
        DbConnection connection, IReadOnlyCollection<Payment> changed, IReadOnlySet<PaymentId> accepted,
        CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var ofLimited = changed.Where(payment => _limited.Contains(payment.Content.Merchant)).ToList();
        var lost = ofLimited.Where(IsLost).ToList();
        var isNew = ofLimited.Where(payment => accepted.Contains(payment.Id) && !IsLost(payment) && IsOfToday(payment, now));
        var missing = await _tables.WithoutShareAsync(connection, [.. isNew], cancellation);
        Payment[] touched = [.. lost, .. missing];
        if (touched.Length == 0)
        {
            return;
        }

        var merchants = touched.Select(payment => payment.Content.Merchant).ToHashSet();
        var admissions = await _tables.LoadAsync(
            connection, rules, merchants, [.. touched.Select(payment => payment.Id)], [], cancellation);
        foreach (var payment in missing)
        {
            admissions.Count(payment, now);
        }

        foreach (var payment in lost)
        {
            admissions.NotCounted(payment.Id, null);
        }

        await _tables.SaveAsync(connection, admissions, cancellation);
    }

    /// <summary>
    /// Brings the day's shares of the merchants in line with the read model: payments stored while the merchant had no limit
    /// are counted, and those that failed meanwhile are given back.
    /// </summary>
    public Task CountStoredAsync(CancellationToken cancellation) => CountStoredAsync(_limited, cancellation);

    /// <summary>
    /// To be called before a changed limit admits anything: what is stored from now on counts, and then what is stored already.
    /// </summary>
    /// <param name="limited">All merchants with an amount per day from now on.</param>
    public Task LimitAsync(IReadOnlySet<MerchantId> limited, CancellationToken cancellation)
    {
        var isNew = limited.Except(_limited).ToHashSet();
        _limited = limited;
        return CountStoredAsync(isNew, cancellation);
    }

    private async Task CountStoredAsync(IEnumerable<MerchantId> merchants, CancellationToken cancellation)
    {
        foreach (var merchant in merchants)
        {
            await database.WriteAsync(
                async connection => await CountStoredAsync(connection, merchant, cancellation), cancellation);
        }
    }

    /// <summary>Shares whose payment the read model does not hold although it had time to.</summary>
    public Task<IReadOnlyList<DayShare>> UndecidedAsync(int limit, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - rules.UnderWayFor;
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    $"""
                    update merchant_day_shares set is_open = false where payment in (
                        select payment from merchant_day_shares where is_open and at < @before
                        and exists (select 1 from payments where id = payment and state not in {MovesNoMoney})
                        {database.Dialect.ForUpdateOfFreeRows})
                    """,
                    cancellation, ("before", before.ToStored()));
                return await _tables.OpenSharesAsync(connection, before, limit, cancellation);
            },
            cancellation);
    }

    /// <summary>Deletes shares of past days, and sightings that are too old to be the first of a duplicate.</summary>
    public Task PruneAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async connection =>
            {
                await _tables.PruneAsync(
                    connection, rules.DayOf(now) - 1, now - rules.DuplicatesWithin - rules.UnderWayFor, cancellation);
                return true;
            },
            cancellation);
    }

    private static bool IsLost(Payment payment) => payment.State is PaymentState.Failed or PaymentState.Closed;

    private bool IsOfToday(Payment payment, DateTimeOffset now) => rules.DayOf(payment.CreatedAt) == rules.DayOf(now);

    private async Task<bool> CountStoredAsync(DbConnection connection, MerchantId merchant, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = (await _tables.LoadAsync(connection, rules, [merchant], [], [], cancellation)).Today(merchant, now);
        (string, object)[] parameters =
        [
            ("merchant", merchant.Value), ("day", today.Day), ("since", rules.StartOf(today.Day).ToStored()),
        ];
        await connection.ExecuteAsync(
            $"""
            insert into merchant_day_shares (payment, merchant, day, amount, requests, at, is_open)
            select id, merchant, @day, amount, 1, created_at, false from payments
            where created_at >= @since and merchant = @merchant and state not in {MovesNoMoney}
            and not exists (select 1 from merchant_day_shares where payment = id)
            """,
            cancellation, parameters);
        await connection.ExecuteAsync(
            $"""
            delete from merchant_day_shares where day = @day and merchant = @merchant
            and exists (select 1 from payments where id = payment and state in {MovesNoMoney})
            """,
            cancellation, parameters[..2]);
        await connection.ExecuteAsync(
            """
            update merchant_allowances set day = @day, sum = (select coalesce(cast(sum(amount) as bigint), 0)
            from merchant_day_shares where day = @day and merchant = @merchant)
            where merchant = @merchant
            """,
            cancellation, parameters[..2]);
        return true;
    }
}
