namespace RouterCluster.Api;

/// <summary>
/// How a channel's attempts were reported from <paramref name="Since"/>, the beginning of a minute, to <paramref name="Until"/>:
/// new codes first, then unmapped ones, then the most frequent. <paramref name="Compared"/> is false where there are no
/// counters of the day before, so that nothing is called new.
/// </summary>
/// <param name="Count">Reports: each end of an attempt, and each unresolved one before it.</param>
public sealed record CodesBody(
    string Channel, DateTimeOffset Since, DateTimeOffset Until, bool Compared, long Count, IReadOnlyList<CodeBody> Items,
    IReadOnlyList<CodeBankBody> Banks);

/// <summary>
/// One code with one class; <paramref name="Share"/> is its part of all reports, 0-1. <paramref name="New"/>: the day before
/// has none of it. <paramref name="Unmapped"/>: a code of the company's of which no table says what it means. <paramref
/// name="Sample"/> is a payment with it, null where none was found; <paramref name="Class"/> is null for counts of an
/// earlier version.
/// </summary>
public sealed record CodeBody(
    string Code, string? Class, long Count, double Share, bool New, bool Unmapped, string? Sample);

/// <summary>Attempts at the channel for accounts of one bank.</summary>
public sealed record CodeBankBody(string Bank, long Attempts, long Succeeded, long Failed, long Faults, long Unresolved);
