using RouterCluster.Node.Platform.Secrets;

namespace RouterCluster.Node.Tests.Platform.Secrets;

public sealed class SealerTests
{
    private const int Version = 1;
    private const int KeyId = 4;
    private const int Salt = 16;
    private const int Nonce = 12;

    private static readonly EncryptionKeys Keys =
        EncryptionKeys.Load(Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()), "/nowhere", liveMode: true);

    [Fact]
    public void A_derived_key_seals_so_many_texts_and_no_more_each_under_a_nonce_of_its_own()
    {
        var sealer = new Sealer(Keys, "test", textsOfOneKey: 3);

        var texts = Enumerable.Range(0, 7).Select(_ => sealer.Seal("text"u8)).ToList();

        int[] expected = [3, 3, 1];
        Assert.Equal(expected, texts.GroupBy(text => Part(text, Version + KeyId, Salt)).Select(key => key.Count()));
        Assert.Equal(7, texts.Select(text => Part(text, Version + KeyId + Salt, Nonce)).Distinct().Count());
        Assert.All(texts, text => Assert.Equal("text"u8.ToArray(), sealer.Open(text)));
    }

    [Fact]
    public void Two_nodes_seal_under_different_keys_and_open_each_other_s_texts()
    {
        var (one, other) = (new Sealer(Keys, "test", Sealer.UsualTexts), new Sealer(Keys, "test", Sealer.UsualTexts));

        var text = one.Seal("text"u8);

        Assert.NotEqual(Part(text, Version + KeyId, Salt), Part(other.Seal("text"u8), Version + KeyId, Salt));
        Assert.Equal("text"u8.ToArray(), other.Open(text));
    }

    [Fact]
    public void Texts_of_more_keys_than_are_kept_all_open()
    {
        var texts = Enumerable.Range(0, 600).Select(_ => new Sealer(Keys, "test", Sealer.UsualTexts).Seal("text"u8)).ToList();
        var sealer = new Sealer(Keys, "test", Sealer.UsualTexts);

        Assert.All(texts.Concat(texts), text => Assert.Equal("text"u8.ToArray(), sealer.Open(text)));
    }

    [Fact]
    public void Many_at_once_seal_and_open()
    {
        var sealer = new Sealer(Keys, "test", textsOfOneKey: 100);

        Parallel.For(0, 20_000, at =>
        {
            var plain = BitConverter.GetBytes(at);
            Assert.Equal(plain, sealer.Open(sealer.Seal(plain)));
        });
    }

    private static string Part(byte[] text, int from, int length) => Convert.ToHexString(text, from, length);
}
