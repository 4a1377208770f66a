using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// One payment's story, the oldest step first. Not <paramref name="Complete"/>: its book had too many rows to look at all, so
/// that reports which later ones have replaced may lack, and some steps have no commit.
/// </summary>
public sealed record TimelineBody(
    string Payment,
    string Merchant,
    string OrderNo,
    string Product,
    long Amount,
    string Currency,
    PaymentAccountBody Account,
    string State,
    bool Complete,
    IReadOnlyList<TimelineStepBody> Steps);

/// <summary>
/// <paramref name="What"/> and <paramref name="Detail"/> are for people; programs go by <paramref name="Kind"/> and the fields
/// that are there.
/// </summary>
public sealed record TimelineStepBody(DateTimeOffset At, string Kind, string What, string? Detail)
{
    /// <summary>The number of the attempt that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Class { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The operator who did it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>Absent: it changed nothing of the payment, or its row was not found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CommitBody? Commit { get; init; }

    /// <summary>True: it has not happened yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Due { get; init; }
}

/// <summary>The journal's row that holds a step: its book, its number there, and when it went to the storage.</summary>
public sealed record CommitBody(int Book, long Row, DateTimeOffset At);
