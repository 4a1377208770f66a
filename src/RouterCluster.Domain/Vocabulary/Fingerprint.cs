namespace RouterCluster.Domain.Vocabulary;

/// <summary>A keyed hash over all fields of a request: shows that a repeated number has other content.</summary>
public readonly record struct Fingerprint(UInt128 Value);
