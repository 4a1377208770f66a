namespace RouterCluster.Domain.Vocabulary;

/// <summary>A keyed hash over all fields of a request in canonical form: tells "same number, other content".</summary>
public readonly record struct Fingerprint(UInt128 Value);
