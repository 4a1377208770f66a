using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>What a change of the configuration does, or would do.</summary>
/// <param name="Version">Of the stored configuration; null when nothing was stored.</param>
/// <param name="Errors">Why it cannot be in force; only in a dry run.</param>
/// <param name="Kept">Of a rollback: secrets of the earlier version that were replaced since, and do not come back.</param>
public sealed record ConfigurationBody(
    long? Version,
    IReadOnlyList<ConfigurationChangeBody> Changes,
    IReadOnlyList<ConfigurationErrorBody> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConfigurationChangeBody>? Kept = null);

/// <summary>A version of the configuration.</summary>
/// <param name="Version">From 1; 0 would be the files alone.</param>
/// <param name="By">An operator; <c>router</c> where a removed channel has left.</param>
/// <param name="Changes">So many lines has its difference to the version before.</param>
/// <param name="InForce">On the node that answers.</param>
public sealed record ConfigurationVersionBody(
    long Version, DateTimeOffset At, string By, string Reason, int Changes, bool InForce);

/// <summary>A version of the configuration with its difference to the version before.</summary>
/// <param name="InForce">On the node that answers.</param>
public sealed record ConfigurationDifferenceBody(
    long Version, DateTimeOffset At, string By, string Reason, bool InForce, IReadOnlyList<ConfigurationChangeBody> Changes);

/// <param name="What">One line without secrets, such as <c>channel alpha: submit.concurrency 16 -> 8</c>.</param>
public sealed record ConfigurationChangeBody(string What);

/// <param name="Key">The setting, as a path.</param>
/// <param name="What">One line: the key, the value, what is allowed.</param>
/// <param name="Line">Of the document, from 1; null where it is about none of its lines.</param>
public sealed record ConfigurationErrorBody(string Key, string What, int? Line);
