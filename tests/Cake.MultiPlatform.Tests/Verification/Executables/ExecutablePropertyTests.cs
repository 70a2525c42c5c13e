using Cake.Core;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

/// <summary>Whatever stands in a file or a tar: it is judged or refused, and nothing else is thrown.</summary>
[Trait("Capability", "F4")]
public sealed class ExecutablePropertyTests
{
    private static readonly byte[][] Real =
    [
        Binaries.Program("linux/amd64"), Binaries.Program("linux/arm/v7"), Binaries.Program("linux/s390x"), Binaries.Program("linux/386"),
        Binaries.Pe(0x14c, is64: false, clrFlags: 1), Binaries.Pe(0x8664 ^ 0x7b79, is64: true, clrFlags: 1, readyToRun: 0),
        Binaries.MachO(0x0100000c), Binaries.Fat(0x01000007, 0x0100000c), [.. "#!/usr/bin/env -S sh -e\nexec \"$@\""u8],
    ];

    // Real bytes of which some are others, and that may be cut off: what is nearly right goes deepest.
    private static readonly Gen<byte[]> NearlyReal =
        from bytes in Gen.Elements(Real)
        from changes in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 400), Gen.Choose(0, 255)))
        from end in Gen.Choose(0, 1200)
        select Changed(bytes, changes)[..Math.Min(bytes.Length, end)];

    private static readonly Gen<byte[]> Garbage = Gen.OneOf(
        NearlyReal,
        ArbMap.Default.GeneratorFor<byte[]>(),
        from magic in Gen.Elements(Real)
        from rest in ArbMap.Default.GeneratorFor<byte[]>()
        select (byte[])[.. magic[..4], .. rest]);

    [Fact]
    public void No_file_makes_recognition_throw() => Prop.ForAll(Garbage.ToArbitrary(), bytes =>
    {
        var found = Binaries.Recognise(bytes);
        return found is null || found.DescribeIn("linux/arm64").Length > 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_changed_tar_is_read_or_refused() => Prop.ForAll(
        Gen.Zip(Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 6000), Gen.Choose(0, 255))), Gen.Choose(0, 12_000)).ToArbitrary(),
        change =>
        {
            var (changes, end) = change;
            var bytes = Changed(SomeTar(), changes);
            try
            {
                var tree = RootFileSystems.ReadOne(new MemoryStream(bytes, 0, Math.Min(bytes.Length, end)), "linux/amd64", "The tar");
                _ = ExecutableCheck.Examine(tree, Configs.Of(["/bin/app"]), "linux/amd64", string.Empty, new ExecutableRules());
                return true;
            }
            catch (CakeException e)
            {
                return e.Message.StartsWith("The tar", StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void No_command_makes_reading_it_throw() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("cd", " ", "'", "\"", "exec", "/bin/app", "&&", ";", "||", "$X", "\\", "\n", ">", "2>&1", "#", "a=b", "(", "<<")).Select(string.Concat).ToArbitrary(),
        command => ShellCommand.Read(command, "/").Count() >= 0).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static byte[] SomeTar() => Tars.Of(
        Tars.Folder("bin"),
        Tars.File("bin/app", Binaries.Program("linux/amd64")),
        Tars.Link("bin/other", "app"),
        Tars.HardLink("bin/same", "bin/app"),
        Tars.File("run.sh", "#!/bin/app\n"),
        Tars.File(string.Join('/', Enumerable.Repeat("long", 50)), "text")).ToArray();

    private static byte[] Changed(byte[] bytes, (int Offset, int Value)[] changes)
    {
        var changed = bytes.ToArray();
        foreach (var (offset, value) in changes.Where(change => change.Offset < changed.Length))
        {
            changed[offset] = (byte)value;
        }

        return changed;
    }
}
