using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RouterCluster.Testing;

/// <summary>Signs certificates of nodes; PEM files in a temporary folder.</summary>
public sealed class TestAuthority : IDisposable
{
    private const int SerialBytes = 8;

    private static readonly TimeSpan Valid = TimeSpan.FromDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("router-authority-").FullName;
    private readonly X509Certificate2 _own;
    private int _nodes;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _own = request.CreateSelfSigned(DateTimeOffset.UtcNow - Valid, DateTimeOffset.UtcNow + (2 * Valid));
        File = Write("ca.pem", _own.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <returns>The files of the certificate and of its key.</returns>
    public (string Certificate, string Key) Sign(string name, TimeSpan? since = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var from = DateTimeOffset.UtcNow - (since ?? TimeSpan.FromMinutes(1));
        using var signed = request.Create(
            _own, from, from + (Valid / 2), RandomNumberGenerator.GetBytes(SerialBytes));
        return (Write($"{name}.pem", signed.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>The settings in HOCON of another node.</summary>
    public string Hocon()
    {
        var (certificate, key) = Sign($"node-{++_nodes}");
        return $$"""router.cluster.tls { certificate = "{{certificate}}", key = "{{key}}", ca = "{{File}}" }""";
    }

    public void Dispose()
    {
        _own.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(file, text + "\n");
        return file;
    }
}
