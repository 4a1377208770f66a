using System.Collections.Immutable;

namespace RouterCluster.Node.Configuration;

internal interface IConfigurationControl
{
    /// <summary>Null: others changed the configuration at the same time, again and again.</summary>
    Task<ConfigurationOutcome?> ApplyAsync(ConfigurationRequest request, CancellationToken cancellation);

    Task<RollbackAnswer> RollBackAsync(RollbackRequest request, CancellationToken cancellation);
}

/// <param name="Text">HOCON; may hold secrets.</param>
/// <param name="IsDryRun">Nothing is changed.</param>
internal sealed record ConfigurationRequest(string Text, string By, string Reason, bool IsDryRun)
{
    public override string ToString() => $"configuration by {By} ({Reason})";
}

/// <param name="Version">The stored version; null: nothing was stored.</param>
/// <param name="Changes">One line each, without secrets.</param>
internal sealed record ConfigurationOutcome(
    long? Version, ImmutableArray<string> Changes, ImmutableArray<(string Key, string What, int? Line)> Errors)
{
    /// <summary>Of a rollback: secrets of the earlier version that were replaced since, one line each.</summary>
    public ImmutableArray<string> Kept { get; init; } = [];
}

/// <param name="To">The version whose content comes into force again; 0: the files alone.</param>
/// <param name="IsDryRun">Nothing is changed.</param>
internal sealed record RollbackRequest(long To, string By, string Reason, bool IsDryRun);

internal abstract record RollbackAnswer
{
    private RollbackAnswer()
    {
    }

    public sealed record Done(ConfigurationOutcome Outcome) : RollbackAnswer;

    public sealed record NoSuchVersion(long Newest) : RollbackAnswer;

    /// <summary>Others changed the configuration at the same time, again and again.</summary>
    public sealed record Contended : RollbackAnswer;
}
