namespace RouterCluster.Tidy.Tests.Layout;

public sealed class FolderArrowsTests
{
    [Fact]
    public void Folders_know_each_other_without_circles() =>
        Expect.None(FolderArrows.InCircles(Repository.Sources).Select(arrow => $"{arrow} closes a circle"));

    [Fact]
    public void No_folder_of_the_node_knows_the_composition_above_it() =>
        Expect.None(FolderArrows.ToTheTop(Repository.Sources.Where(file => file.Project == "RouterCluster.Node")));

    [Fact]
    public void A_folder_that_knows_the_composition_is_found()
    {
        SourceFile[] sources =
        [
            new("src/RouterCluster.Node/Whole.cs", "public record Whole(Part Part);"),
            File("A", "class Part { Whole? _whole; }"),
            File("B", "class Other { Part? _part; }"),
        ];

        Assert.Equal(["src/RouterCluster.Node/A/File.cs knows Whole"], FolderArrows.ToTheTop(sources));
    }

    [Fact]
    public void A_circle_is_found_over_any_number_of_folders()
    {
        SourceFile[] sources =
        [
            File("A", "using RouterCluster.Node.B;"),
            File("B", "using static RouterCluster.Node.C.Deeper.Type;"),
            File("C/Deeper", "using Short = RouterCluster.Node.A.Type;"),
            File("D", "using RouterCluster.Node.A;"),
        ];

        Assert.Equal(["Node: A → B", "Node: B → C", "Node: C → A"], FolderArrows.InCircles(sources));
    }

    [Fact]
    public void The_parts_of_the_platform_are_folders_of_their_own() =>
        Assert.Equal(
            ["Node: Platform/Http → Platform/Time", "Node: Platform/Time → Platform/Http"],
            FolderArrows.InCircles(
            [
                File("Platform/Http", "using RouterCluster.Node.Platform.Time;"),
                File("Platform/Time", "using RouterCluster.Node.Platform.Http;"),
                File("Platform/Storage", "using RouterCluster.Node.Platform.Http;"),
            ]));

    [Fact]
    public void Messages_are_a_folder_beside_their_feature()
    {
        SourceFile[] sources =
        [
            File("Payments", "using RouterCluster.Node.Channels.Messages;"),
            File("Channels", "using RouterCluster.Node.Payments.Messages;"),
            File("Channels", "using RouterCluster.Node.Channels.Messages;"),
        ];

        Assert.Empty(FolderArrows.InCircles(sources));
        Assert.Equal(
            ["Node: Channels → Channels/Messages", "Node: Channels/Messages → Channels"],
            FolderArrows.InCircles([.. sources, File("Channels/Messages", "using RouterCluster.Node.Channels;")]));
    }

    private static SourceFile File(string folder, string text) => new($"src/RouterCluster.Node/{folder}/File.cs", text);
}
