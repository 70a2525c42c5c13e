using Cake.Core;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class FileTreeTests
{
    [Theory]
    [InlineData("/usr/bin/app", "/", "/usr/bin/app")]
    [InlineData("/bin/app", "/", "/usr/bin/app")]
    [InlineData("app", "/usr/bin", "/usr/bin/app")]
    [InlineData("./../bin//app", "/usr/bin", "/usr/bin/app")]
    [InlineData("/../../../usr/bin/app", "/", "/usr/bin/app")]
    [InlineData("/absolute", "/", "/usr/bin/app")]
    [InlineData("/relative", "/", "/usr/bin/app")]
    [InlineData("/opt/up/usr/bin/app", "/", "/usr/bin/app")]
    [InlineData("/chain", "/", "/usr/bin/app")]
    [InlineData("/outside", "/", "/usr/bin/app")]
    [InlineData("/", "/usr", "/")]
    public void A_path_leads_where_the_kernel_would_go(string path, string folder, string end)
    {
        var tree = Tars.Tree(
            "linux/amd64",
            Tars.Folder("usr"),
            Tars.File("usr/bin/app", "x"),
            Tars.Link("bin", "usr/bin"),
            Tars.Link("absolute", "/bin/app"),
            Tars.Link("relative", "opt/../bin/./app"),
            Tars.Link("opt/up", ".."),
            Tars.Link("chain", "/absolute"),
            Tars.Link("outside", "../../../../bin/app"));
        var found = tree.Find(path, folder);
        Assert.Equal((end, null), (found.Path, found.Why));
        Assert.NotNull(found.Node);
    }

    [Theory]
    [InlineData("/nowhere/app", "/nowhere does not exist")]
    [InlineData("/dangling", "/gone does not exist")]
    [InlineData("/file/app", "/file is not a folder")]
    [InlineData("/a", "the links from /a go round in a circle, or are more than 40")]
    [InlineData("/self/x", "the links from /self/x go round in a circle, or are more than 40")]
    public void A_path_that_leads_nowhere_says_why(string path, string why)
    {
        var tree = Tars.Tree("linux/amd64", Tars.Link("dangling", "gone"), Tars.File("file", "x"), Tars.Link("a", "b"), Tars.Link("b", "/a"), Tars.Link("self", "self"));
        var found = tree.Find(path, "/");
        Assert.Equal((why, null), (found.Why, found.Node));
    }

    [Fact]
    public void The_links_on_the_way_are_told()
    {
        var tree = Tars.Tree("linux/amd64", Tars.File("usr/bin/dash", "x"), Tars.Link("usr/bin/sh", "dash"), Tars.Link("bin", "usr/bin"));
        Assert.Equal(["/bin -> usr/bin", "/usr/bin/sh -> dash"], tree.Find("/bin/sh", "/").Links);
    }

    [Fact]
    public void Forty_links_are_followed_and_no_more()
    {
        var links = Enumerable.Range(1, 41).Select(number => Tars.Link($"l{number}", number == 1 ? "end" : $"l{number - 1}"));
        var tree = Tars.Tree("linux/amd64", [Tars.File("end", "x"), .. links]);
        Assert.Equal("/end", tree.Find("/l40", "/").Path);
        Assert.Null(tree.Find("/l41", "/").Node);
    }

    [Fact]
    public void A_hard_link_is_the_file_itself()
    {
        var tree = Tars.Tree("linux/amd64", Tars.File("a", Binaries.Static("linux/arm64")), Tars.HardLink("b", "a"), Tars.HardLink("c", "gone"));
        Assert.Equal("an ELF 64-bit program for AArch64", tree.Find("/b", "/").Node!.Executable!.Description);
        Assert.Null(tree.Find("/c", "/").Node);
    }

    [Fact]
    public void Paths_that_try_to_leave_the_root_stay_in_it()
    {
        var tree = Tars.Tree("linux/amd64", Tars.File("../../etc/passwd", "x"), Tars.File("/abs", "x"), Tars.File("./dot", "x"));
        Assert.All((string[])["/etc/passwd", "/abs", "/dot"], path => Assert.NotNull(tree.Find(path, "/").Node));
    }

    [Fact]
    public void An_entry_goes_through_a_link_to_a_folder_as_it_does_when_it_is_unpacked()
    {
        var tree = Tars.Tree("linux/amd64", Tars.Folder("usr/bin"), Tars.Link("bin", "usr/bin"), Tars.File("bin/app", "x"), Tars.Link("loop", "loop"), Tars.File("loop/x", "x"));
        Assert.NotNull(tree.Find("/usr/bin/app", "/").Node);
        Assert.NotNull(tree.Find("/loop/x", "/").Node);
    }

    [Fact]
    public void Deep_folders_are_walked_without_deep_calls()
    {
        var path = string.Join('/', Enumerable.Repeat("a", 2000));
        var tree = Tars.Tree("linux/amd64", Tars.File($"{path}/app", Binaries.Static("linux/arm64")));
        Assert.Equal($"/{path}/app", Assert.Single(tree.Executables()).Path);
        Assert.NotNull(tree.Find($"/{path}/app", "/").Node);
    }

    [Fact]
    public void Names_on_windows_do_not_differ_by_case_and_lie_in_a_folder_of_the_layer()
    {
        var tree = Tars.Tree("windows/amd64", Tars.File("Files/Windows/System32/cmd.exe", "MZ"), Tars.File("Hives/DefaultUser_Delta", "x"), Tars.File("UtilityVM/Files/a", "x"));
        Assert.NotNull(tree.Find("/windows/SYSTEM32/Cmd.EXE", "/").Node);
        Assert.Equal(1, tree.Count);
    }

    [Fact]
    public void Files_of_several_platforms_come_from_the_folders_that_docker_names_after_them()
    {
        using var tar = Tars.Of(
            Tars.Folder("linux_arm_v7"),
            Tars.File("linux_arm_v7/bin/busybox", Binaries.Static("linux/arm/v7")),
            Tars.Link("linux_arm_v7/bin/sh", "/linux_arm_v7/bin/busybox"),
            Tars.Link("linux_arm_v7/up", "/linux_arm_v7"),
            Tars.Link("linux_arm_v7/relative", "bin/busybox"),
            Tars.HardLink("linux_arm_v7/hard", "linux_arm_v7/bin/busybox"),
            Tars.File("linux_amd64/bin/sh", Binaries.Static("linux/amd64")));
        var trees = RootFileSystems.ReadEach(tar, ["linux/amd64", "linux/arm/v7", "linux/s390x"], "The tar", (platform, tree) => (Platform: platform, Tree: tree));
        Assert.Equal(["linux/amd64", "linux/arm/v7", "linux/s390x"], trees.Select(found => found.Platform.ToString()));
        Assert.NotNull(trees[0].Tree.Find("/bin/sh", "/").Node?.Executable);
        Assert.All((string[])["/bin/sh", "/up/bin/sh", "/relative", "/hard"], path => Assert.NotNull(trees[1].Tree.Find(path, "/").Node?.Executable));
        Assert.Equal(0, trees[2].Tree.Count);
    }

    [Fact]
    public void Too_many_files_are_an_error()
    {
        var tree = new FileTree(ignoresCase: false, "The image", mostFiles: 2);
        tree.Add("a", FileNode.Other(0));
        tree.Add("b", FileNode.Other(0));
        var error = Assert.Throws<CakeException>(() => tree.Add("c", FileNode.Other(0)));
        Assert.Equal("The image has more than 2 files; images are examined up to there.", error.Message);
    }
}
