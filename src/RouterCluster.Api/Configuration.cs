namespace RouterCluster.Api;

/// <summary>What a change of the configuration does, or would do.</summary>
/// <param name="Version">Of the stored configuration; null when nothing was stored.</param>
/// <param name="Errors">Why it cannot be in force; only in a dry run.</param>
public sealed record ConfigurationBody(
    long? Version, IReadOnlyList<ConfigurationChangeBody> Changes, IReadOnlyList<ConfigurationErrorBody> Errors);

/// <param name="What">One line without secrets, such as <c>channel alpha: submit.concurrency 16 -> 8</c>.</param>
public sealed record ConfigurationChangeBody(string What);

/// <param name="Key">The setting, as a path.</param>
/// <param name="What">One line: the key, the value, what is allowed.</param>
/// <param name="Line">Of the document, from 1; null where it is about none of its lines.</param>
public sealed record ConfigurationErrorBody(string Key, string What, int? Line);
