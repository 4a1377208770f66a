using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// An alert; its state is <c>active</c>, <c>muted</c> or <c>resolved</c>. <paramref name="Value"/> and <paramref
/// name="Threshold"/> are in the rule's unit; <paramref name="CausedBy"/> is the id of the alert that explains it.
/// </summary>
public sealed record AlertBody(
    string Id,
    string Rule,
    string Severity,
    AlertSubjectBody Subject,
    string State,
    DateTimeOffset Since,
    DateTimeOffset? ResolvedAt,
    double Value,
    double Threshold,
    string Message,
    string? CausedBy,
    string Runbook,
    DateTimeOffset? MutedUntil,
    string? MutedBy);

/// <summary>What an alert is about; empty for the whole installation.</summary>
public sealed record AlertSubjectBody
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Product { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Merchant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>A node's address, or the name of a target of alerts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }
}

/// <summary><paramref name="For"/> is a duration such as <c>30m</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MuteRequest(string For, string Reason);
