namespace RouterCluster.Node.Checks;

/// <param name="CertificatesLast">A certificate that ends sooner fails its check.</param>
public sealed record CheckSettings(TimeSpan CertificatesLast);
