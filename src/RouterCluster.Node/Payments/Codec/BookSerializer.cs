using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>The books' journal rows and snapshots. Identifier and manifests stand in every row and never change.</summary>
public sealed class BookSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string RowManifest = "BR1";
    public const string SnapshotManifest = "BS1";

    public const string Hocon = """
        akka.actor {
          serializers.router-book = "RouterCluster.Node.Payments.Codec.BookSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Payments.Codec.BookRow, RouterCluster.Node" = router-book
            "RouterCluster.Domain.Books.BookSnapshot, RouterCluster.Domain" = router-book
          }
        }
        """;

    public override int Identifier => 4201;

    public override string Manifest(object o) => o switch
    {
        BookRow => RowManifest,
        BookSnapshot => SnapshotManifest,
        _ => throw new UnreachableException($"{o.GetType()} is not a book's."),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        BookRow row => row.Bytes.ToArray(),
        BookSnapshot snapshot => BookSnapshotCodec.Encode(snapshot),
        _ => throw new UnreachableException($"{obj.GetType()} is not a book's."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        RowManifest => new BookRow(bytes),
        SnapshotManifest => BookSnapshotCodec.Decode(bytes),
        _ => throw new SerializationException($"A book knows no manifest '{manifest}'."),
    };
}
