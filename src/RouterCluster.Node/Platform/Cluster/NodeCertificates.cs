using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;
using RouterCluster.Domain.Checks;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// The certificates of the connections between nodes. Host names are not compared: the authority signs nodes and nobody else,
/// and a node is called by the address that it gives itself. Certificates are read once, so that a new one needs a restart.
/// </summary>
public sealed class NodeCertificates
{
    private const string Section = "router.cluster.tls";

    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _between;
    private readonly X509Certificate2Collection _authority;

    private NodeCertificates(
        X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authority) =>
        (_own, _between, _authority) = (own, between, authority);

    /// <summary>For Akka's transport.</summary>
    public DotNettySslSetup Setup => new(
        _own, suppressValidation: false, requireMutualAuthentication: true,
        (certificate, _, peer, _, log) =>
        {
            var isSigned = certificate is not null && IsSigned(certificate);
            if (!isSigned)
            {
                log.Warning("{0} shows no certificate of {1}.ca and is not heard", peer, Section);
            }

            return isSigned;
        });

    /// <summary>
    /// Until when each certificate is valid, by its setting: the node's own, those between, and the authority's.
    /// </summary>
    public IEnumerable<CertificateFigures> Validity => _between
        .Select(certificate => new CertificateFigures($"{Section}.certificate", certificate.NotAfter))
        .Concat(_authority.Select(certificate => new CertificateFigures($"{Section}.ca", certificate.NotAfter)));

    /// <exception cref="StartUpException">A file cannot be read, or the authority has not signed the certificate.</exception>
    public static NodeCertificates Load(TlsSettings settings)
    {
        var authority = Read("ca", settings.Authority, "a PEM file of certificates", () => Import(settings.Authority));
        var chain = Read("certificate", settings.Certificate, "a PEM file of certificates", () => Import(settings.Certificate));
        var own = Read(
            "key", settings.Key, $"a PEM file with the key of {Section}.certificate",
            () => X509Certificate2.CreateFromPemFile(settings.Certificate, settings.Key));
        var certificates = new NodeCertificates(own, chain, authority);
        if (!certificates.IsSigned(own))
        {
            throw new StartUpException(
                $"{Section}.certificate", $"\"{settings.Certificate}\"", $"a valid certificate of {Section}.ca", null);
        }

        return certificates;
    }

    private static X509Certificate2Collection Import(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("it holds no certificate");
    }

    private static T Read<T>(string key, string file, string allowed, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException
            or ArgumentException)
        {
            throw new StartUpException($"{Section}.{key}", $"\"{file}\"", $"{allowed} ({fault.Message})", fault);
        }
    }

    private bool IsSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.ExtraStore.AddRange(_between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
