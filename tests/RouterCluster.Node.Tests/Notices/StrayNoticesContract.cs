using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Notices;

public sealed class StrayNoticesOnSqlite : StrayNoticesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class StrayNoticesOnPostgreSql(PostgresFixture postgres) : StrayNoticesContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

public abstract class StrayNoticesContract : DatabaseContract
{
    private const int Keep = 5;

    private static readonly DateTimeOffset At = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    private StrayNotices? _strays;

    protected override async Task OpenAsync()
    {
        _strays = await StrayNotices.OpenAsync(Database, Keep, CancellationToken.None);
    }

    [Fact]
    public async Task What_is_kept_comes_back_whole()
    {
        var bare = Notice("A-1", 1) with { Message = null, ChannelOrderNo = null };
        await KeepAsync(Notice("A-2", 2), bare);
        Assert.Equal([Notice("A-2", 2), bare], await AllAsync());
    }

    [Fact]
    public async Task The_same_notice_again_is_counted_and_another_word_of_the_order_is_not_the_same()
    {
        await KeepAsync(Notice("A-1", 1), Notice("A-1", 7), Notice("A-1", 3) with { Code = "51", Class = "customer_funds" });
        var other = Notice("A-1", 3) with { Code = "51", Class = "customer_funds" };
        Assert.Equal([Notice("A-1", 7) with { Times = 2 }, other], await AllAsync());
    }

    [Fact]
    public async Task Of_too_many_the_oldest_leave()
    {
        await KeepAsync([.. Enumerable.Range(0, 9).Select(number => Notice($"A-{number}", number))]);
        Assert.Equal(["A-8", "A-7", "A-6", "A-5", "A-4"], (await AllAsync()).Select(kept => kept.OrderNo));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await KeepAsync([.. Enumerable.Range(0, 5).Select(number => Notice($"A-{number}", number / 2))]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _strays!.ListAsync(2, cursor, CancellationToken.None);
            seen.AddRange(page.Items.Select(kept => kept.OrderNo));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        await Assert.ThrowsAsync<FormatException>(() => _strays!.ListAsync(2, "made-up", CancellationToken.None));
    }

    private static StrayNotice Notice(string orderNo, int second) => new(
        new ChannelId("alpha"), orderNo, "unknown_order", "success", "00", "paid", 12_000, "CNY", "C-1", At.AddSeconds(second));

    private async Task KeepAsync(params StrayNotice[] notices)
    {
        foreach (var notice in notices)
        {
            await _strays!.KeepAsync(notice, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<StrayNotice>> AllAsync() =>
        (await _strays!.ListAsync(100, null, CancellationToken.None)).Items;
}
