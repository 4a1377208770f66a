using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class UsualVolumesOnSqlite : UsualVolumeContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class UsualVolumesOnPostgreSql(PostgresFixture postgres) : UsualVolumeContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

/// <summary>Usual volumes as storage keeps them.</summary>
public abstract class UsualVolumeContract : DatabaseContract
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task What_is_usual_survives_a_restart_in_each_week()
    {
        for (var week = 0; week < 2; week++)
        {
            var (store, tally) = await StartAsync();
            Watch(tally, At + (week * Week), perMinute: 100);
            await store.SaveAsync(tally.Unsaved, CancellationToken.None);
        }

        var (_, last) = await StartAsync();
        var read = Watch(last, At + (2 * Week), perMinute: 0);
        Assert.Equal(new VolumeFigures(Product.Payout, 0, 1500, 1500, 2), read);
    }

    [Fact]
    public async Task An_older_week_never_overwrites_a_later_one_and_products_keep_their_own()
    {
        var store = await UsualVolumeStore.OpenAsync(Database, CancellationToken.None);
        var last = At.ToUnixTimeSeconds() / 900;
        var newer = new UsualVolume(Product.Payout, last, [1, 2, 3]);
        await store.SaveAsync([newer, new UsualVolume(Product.Withhold, last - 672, [7])], CancellationToken.None);
        await store.SaveAsync([newer with { Last = last - 672, Weeks = [9] }], CancellationToken.None);

        var stored = (await store.ReadAsync(CancellationToken.None)).OrderBy(row => row.Product)
            .Select(row => (row.Product, row.Last, string.Join(' ', row.Weeks)));

        Assert.Equal([(Product.Withhold, last - 672, "7"), (Product.Payout, last, "1 2 3")], stored);
    }

    private static VolumeFigures? Watch(VolumeTally tally, DateTimeOffset from, int perMinute)
    {
        for (var minute = -1; minute < 15; minute++)
        {
            tally.Count(new TakenPayments(Product.Payout, perMinute), from + (minute * Minute));
        }

        return tally.Read(from + (15 * Minute), isComplete: true).Cast<VolumeFigures?>().SingleOrDefault();
    }

    private async Task<(UsualVolumeStore Store, VolumeTally Tally)> StartAsync()
    {
        var store = await UsualVolumeStore.OpenAsync(Database, CancellationToken.None);
        var tally = new VolumeTally();
        tally.Recover(await store.ReadAsync(CancellationToken.None));
        return (store, tally);
    }
}
