using CsCheck;
using RouterCluster.Node.Events;

namespace RouterCluster.Node.Tests.Events;

public sealed class EventLogTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task Every_event_comes_once_newest_first_whatever_the_page()
    {
        var row = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2]);
        await Gen.Select(row.Array[0, 25], Gen.Int[1, 7]).SampleAsync(async (rows, limit) =>
        {
            var log = LogOf(rows);

            var seen = await AllAsync(log, new EventFilter(Epoch, null, null), limit);

            var expected = rows.Select((one, no) => (At: one.Item1, Source: one.Item2, No: no))
                .OrderByDescending(one => one.At).ThenBy(one => one.Source).ThenByDescending(one => one.No)
                .Select(one => $"{one.At} {one.Source} {one.No}");
            Assert.Equal(expected, seen.Select(one => one.Text));
        }, iter: 300);
    }

    [Fact]
    public async Task A_page_ends_where_a_source_has_been_looked_at_and_the_next_one_goes_on()
    {
        // Of the first source only the oldest row fits; the other one has a newer and an older one.
        var many = Enumerable.Range(0, (2 * EventLog.MostLooked) + 1)
            .Select(no => new EventRow(
                10_000 - no, $"{no:D5}", no == 2 * EventLog.MostLooked ? Event(10_000 - no, "rare") : null))
            .ToArray();
        EventRow[] few = [new(9_999, "b", Event(9_999, "new")), new(5_000, "a", Event(5_000, "old"))];
        var log = new EventLog([new ListSource(many, "alert"), new ListSource(few, "alert")]);
        var filter = new EventFilter(Epoch, "alert", null);

        var first = await log.ReadAsync(filter, DateTimeOffset.MaxValue, null, 10, default);
        var all = await AllAsync(log, filter, 10);

        Assert.Equal(["new"], first.Items.Select(one => one.Text));
        Assert.NotNull(first.Next);
        Assert.Equal(["new", "rare", "old"], all.Select(one => one.Text));
    }

    [Fact]
    public async Task A_source_that_has_no_such_kind_is_not_asked()
    {
        var (asked, other) = (new ListSource([], "node"), new ListSource([], "alert"));

        await new EventLog([asked, other]).ReadAsync(
            new EventFilter(Epoch, "node", null), DateTimeOffset.MaxValue, null, 5, default);

        Assert.Equal((1, 0), (asked.Times, other.Times));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7.9.x")]
    [InlineData("x.0.x")]
    [InlineData("99999999999999999.0.x")]
    public Task A_cursor_that_no_page_ended_with_is_refused(string cursor) => Assert.ThrowsAsync<FormatException>(
        () => LogOf([]).ReadAsync(new EventFilter(Epoch, null, null), DateTimeOffset.MaxValue, cursor, 5, default));

    private static EventLog LogOf((int At, int Source)[] rows) => new(
        Enumerable.Range(0, 3).Select(source => new ListSource(
            [
                .. rows.Select((row, no) => (row.At, row.Source, No: no)).Where(row => row.Source == source)
                    .OrderByDescending(row => row.At).ThenByDescending(row => row.No)
                    .Select(row => new EventRow(row.At, $"{row.No:D3}", Event(row.At, $"{row.At} {source} {row.No}"))),
            ],
            "alert")));

    private static async Task<List<RouterEvent>> AllAsync(EventLog log, EventFilter filter, int limit)
    {
        var seen = new List<RouterEvent>();
        string? cursor = null;
        do
        {
            var page = await log.ReadAsync(filter, DateTimeOffset.MaxValue, cursor, limit, default);
            Assert.True(page.Items.Count <= limit);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return seen;
    }

    private static RouterEvent Event(long at, string text) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(at), "alert", null, text, []);

    /// <summary>Rows in the order of the list: the newest first, of one moment the highest id.</summary>
    private sealed class ListSource(EventRow[] rows, params string[] kinds) : IEventSource
    {
        public IReadOnlyList<string> Kinds => kinds;

        public int Times { get; private set; }

        public Task<IReadOnlyList<EventRow>> ReadAsync(
            EventFilter filter, EventStart start, int most, CancellationToken cancellation)
        {
            Times++;
            return Task.FromResult<IReadOnlyList<EventRow>>(
            [
                .. rows.Where(row => row.At < start.At || (row.At == start.At && string.CompareOrdinal(row.Id, start.Id) < 0))
                    .Take(most),
            ]);
        }
    }
}
