namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Files in PEM of the connections between nodes, on which both sides show a certificate.</summary>
/// <param name="Certificate">This node's certificate, and those between it and the authority.</param>
/// <param name="Key">Its private key; may be the same file.</param>
/// <param name="Authority">Who signs nodes' certificates: a node is whoever shows one of its certificates.</param>
public sealed record TlsSettings(string Certificate, string Key, string Authority);
