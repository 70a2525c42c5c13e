using System.Text;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class ExecutableRecognitionTests
{
    [Theory]
    [InlineData("linux/amd64", "an ELF 64-bit program for x86-64")]
    [InlineData("linux/386", "an ELF 32-bit program for x86")]
    [InlineData("linux/arm64", "an ELF 64-bit program for AArch64")]
    [InlineData("linux/arm/v7", "an ELF 32-bit program for ARMv7, hard float")]
    [InlineData("linux/arm/v6", "an ELF 32-bit program for ARMv6, hard float")]
    [InlineData("linux/arm/v5", "an ELF 32-bit program for ARMv5, soft float")]
    [InlineData("linux/ppc64le", "an ELF 64-bit program for POWER, little-endian")]
    [InlineData("linux/ppc64", "an ELF 64-bit program for POWER, big-endian")]
    [InlineData("linux/s390x", "an ELF 64-bit program for IBM Z")]
    [InlineData("linux/riscv64", "an ELF 64-bit program for RISC-V")]
    [InlineData("linux/mips64le", "an ELF 64-bit program for MIPS64, little-endian")]
    [InlineData("linux/loong64", "an ELF 64-bit program for LoongArch")]
    public void A_linux_program_is_known_with_its_platform_and_loader(string platform, string description)
    {
        var found = Binaries.Recognise(Binaries.Program(platform))!;
        Assert.Equal((ExecutableFormat.Elf, description, null), (found.Format, found.Description, found.Flaw));
        Assert.Equal(ImagePlatform.Parse(platform), found.Targets.Single().In(platform));
        Assert.Equal(Binaries.LoaderOf(platform), found.Interpreter);
        Assert.Equal(ExecutableVerdict.Right, found.On(platform));
        Assert.Null(Binaries.Recognise(Binaries.Static(platform))!.Interpreter);
    }

    [Theory]
    [InlineData(62, false, false, 0u, "linux/amd64p32")]
    [InlineData(8, false, true, 0u, "linux/mips")]
    [InlineData(8, false, false, 0u, "linux/mipsle")]
    [InlineData(8, false, false, 0x20u, "linux/mips64le")]
    [InlineData(8, true, true, 0u, "linux/mips64")]
    [InlineData(22, false, true, 0u, "linux/s390")]
    [InlineData(243, false, false, 0u, "linux/riscv")]
    [InlineData(183, true, true, 0u, "linux/arm64be")]
    [InlineData(40, false, true, 0u, "linux/armbe")]
    [InlineData(43, true, true, 0u, "linux/sparc64")]
    [InlineData(20, false, true, 0u, "linux/ppc")]
    public void Class_byte_order_and_flags_tell_processors_apart(ushort machine, bool is64, bool isBig, uint flags, string platform)
    {
        var found = Binaries.Recognise(Binaries.Elf(machine, is64, isBig, flags: flags))!;
        Assert.Equal(platform, found.Targets.Single().In("linux/amd64").ToString());
        Assert.Equal(ExecutableVerdict.Wrong, found.On("linux/amd64"));
    }

    [Fact]
    public void An_arm_file_that_tells_nothing_is_for_all_of_arm()
    {
        var found = Binaries.Recognise(Binaries.Elf(Binaries.Arm, is64: false, type: 2))!;
        Assert.Equal("an ELF 32-bit program for ARM", found.Description);
        Assert.All((string[])["linux/arm/v5", "linux/arm/v6", "linux/arm/v7"], platform => Assert.Equal(ExecutableVerdict.Right, found.On(platform)));
    }

    [Fact]
    public void Arm_attributes_are_found_wherever_in_the_file_they_are()
    {
        foreach (var padding in (int[])[0, 100, 65_300, 65_425, 65_436, 65_440, 65_530, 131_000, 131_071, 500_000])
        {
            // A program that knows the word is not one that has the section.
            byte[] section = [.. "?\0\0\0\0aeabi\0"u8, .. new byte[padding], .. Binaries.ArmAttributes(6, isHardFloat: false), .. new byte[padding]];
            var found = Binaries.Recognise(Binaries.Elf(Binaries.Arm, is64: false, section: section))!;
            Assert.Equal("an ELF 32-bit library for ARMv6, soft float", found.Description);
        }
    }

    [Fact]
    public void The_loader_is_found_wherever_in_the_file_its_name_is()
    {
        foreach (var padding in (int[])[0, 3000, 65_330, 65_340, 65_350, 65_360, 200_000])
        {
            Assert.Equal("/lib/ld", Binaries.Recognise(Binaries.Elf(Binaries.Amd64, loader: "/lib/ld", padding: padding))!.Interpreter);
        }
    }

    [Theory]
    [InlineData(9, "freebsd/amd64")]
    [InlineData(12, "openbsd/amd64")]
    [InlineData(3, "linux/amd64")]
    public void An_elf_file_that_names_its_system_is_for_that_one(byte osAbi, string platform)
    {
        var found = Binaries.Recognise(Binaries.Elf(Binaries.Amd64, osAbi: osAbi))!;
        Assert.Equal(ExecutableVerdict.Right, found.On(platform));
        Assert.Equal(platform == "linux/amd64" ? ExecutableVerdict.Right : ExecutableVerdict.Wrong, found.On("linux/amd64"));
    }

    [Fact]
    public void An_elf_file_that_names_no_system_is_for_the_one_of_its_image_if_that_has_such_files()
    {
        var found = Binaries.Recognise(Binaries.Elf(Binaries.Amd64))!;
        Assert.Equal(ExecutableVerdict.Right, found.On("freebsd/amd64"));
        Assert.Equal(ExecutableVerdict.Wrong, found.On("windows/amd64"));
        Assert.Equal(ExecutableVerdict.Wrong, found.On("darwin/amd64"));
    }

    [Theory]
    [InlineData("linux/386", "linux/amd64", ExecutableVerdict.Doubtful)]
    [InlineData("linux/amd64", "linux/386", ExecutableVerdict.Wrong)]
    [InlineData("linux/amd64", "linux/amd64/v3", ExecutableVerdict.Right)]
    [InlineData("linux/arm/v7", "linux/arm64", ExecutableVerdict.Wrong)]
    [InlineData("linux/arm/v7", "linux/arm/v6", ExecutableVerdict.Wrong)]
    [InlineData("linux/arm/v6", "linux/arm/v7", ExecutableVerdict.Right)]
    [InlineData("linux/arm/v5", "linux/arm/v8", ExecutableVerdict.Right)]
    [InlineData("linux/arm64", "linux/arm64/v9", ExecutableVerdict.Right)]
    [InlineData("linux/riscv64", "linux/riscv64/rva23u64", ExecutableVerdict.Right)]
    [InlineData("linux/ppc64", "linux/ppc64le", ExecutableVerdict.Wrong)]
    public void A_program_runs_on_its_own_architecture_and_hardly_on_one_that_contains_it(string program, string image, ExecutableVerdict verdict) =>
        Assert.Equal(verdict, Binaries.Recognise(Binaries.Program(program))!.On(image));

    [Fact]
    public void Object_files_gpu_code_and_unknown_processors_are_no_executables()
    {
        Assert.Null(Binaries.Recognise(Binaries.Elf(Binaries.Amd64, type: 1)));
        Assert.Null(Binaries.Recognise(Binaries.Elf(Binaries.Amd64, type: 4)));
        Assert.Null(Binaries.Recognise(Binaries.Elf(224)));
        Assert.Null(Binaries.Recognise(Binaries.Elf(247)));
        Assert.Null(Binaries.Recognise([0x7f, (byte)'E', (byte)'L', (byte)'F']));
    }

    [Fact]
    public void A_program_that_is_cut_off_is_damaged()
    {
        var bytes = Binaries.Program("linux/arm64");
        Assert.Equal("it is cut off or has no program headers", Binaries.Recognise(bytes[..100])!.Flaw);
        Assert.Equal("it is cut off or has no program headers", Binaries.Recognise(bytes[..180])!.Flaw);
    }

    [Theory]
    [InlineData(0x14c, false, 1u, "a .NET assembly for any processor", "linux/amd64,linux/arm64,windows/amd64,linux/s390x", "")]
    [InlineData(0x14c, false, 0x20003u, "a .NET assembly for any processor", "linux/amd64,linux/arm64", "")]
    [InlineData(0x14c, false, 3u, "a .NET assembly for x86 only", "linux/386,windows/386", "linux/arm64,linux/arm/v7")]
    [InlineData(0x8664, true, 1u, "a .NET assembly for x64 only", "linux/amd64,windows/amd64,darwin/amd64", "linux/arm64,linux/386")]
    [InlineData(0xaa64, true, 1u, "a .NET assembly for arm64 only", "linux/arm64", "linux/amd64")]
    [InlineData(0x8664, true, 0x10u, "a .NET assembly for x64 only, with native Windows code", "windows/amd64", "linux/amd64")]
    public void A_dotnet_assembly_says_whether_it_is_for_any_processor(int machine, bool is64, uint flags, string description, string right, string wrong)
    {
        var found = Binaries.Recognise(Binaries.Pe((ushort)machine, is64, flags))!;
        Assert.Equal((ExecutableFormat.Pe, true, description), (found.Format, found.IsManaged, found.Description));
        Assert.All(right.Split(','), platform => Assert.Equal(ExecutableVerdict.Right, found.On(platform)));
        Assert.All(wrong.Split(',', StringSplitOptions.RemoveEmptyEntries), platform => Assert.Equal(ExecutableVerdict.Wrong, found.On(platform)));
    }

    [Theory]
    [InlineData(0x8664 ^ 0x7b79, 1u, "a .NET assembly for any processor, precompiled for x64", "linux/arm64")]
    [InlineData(0x8664 ^ 0x7b79, 0u, "a .NET assembly for x64 only, precompiled for x64", "linux/amd64")]
    [InlineData(0xaa64 ^ 0x4644, 0u, "a .NET assembly for arm64 only, precompiled for arm64", "darwin/arm64")]
    [InlineData(0xaa64, 1u, "a .NET assembly for any processor, precompiled for arm64", "windows/amd64")]
    public void A_precompiled_assembly_says_what_it_was_compiled_from(int machine, uint flags, string description, string right)
    {
        var found = Binaries.Recognise(Binaries.Pe((ushort)machine, is64: true, clrFlags: 5, readyToRun: flags))!;
        Assert.Equal(description, found.Description);
        Assert.Equal(ExecutableVerdict.Right, found.On(right));
        Assert.Equal(flags == 1 ? ExecutableVerdict.Right : ExecutableVerdict.Wrong, found.On("linux/s390x"));
    }

    [Fact]
    public void Real_assemblies_are_recognised()
    {
        var own = Binaries.Recognise(File.ReadAllBytes(typeof(ImagePlatform).Assembly.Location))!;
        Assert.Equal((ExecutableFormat.Pe, "a .NET assembly for any processor"), (own.Format, own.Description));
        var framework = Binaries.Recognise(File.ReadAllBytes(typeof(object).Assembly.Location))!;
        Assert.StartsWith("a .NET assembly for any processor, precompiled for ", framework.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_programs_are_for_windows_and_those_of_the_firmware_for_nobody()
    {
        var found = Binaries.Recognise(Binaries.Pe(0x8664, is64: true, isLibrary: false))!;
        Assert.Equal("a Windows program for x64 (windows/amd64)", found.DescribeIn("linux/amd64"));
        Assert.Equal(ExecutableVerdict.Doubtful, found.On("windows/arm64"));
        Assert.Null(Binaries.Recognise(Binaries.Pe(0x8664, is64: true, subsystem: 10)));
        Assert.Null(Binaries.Recognise([.. "MZ"u8, .. new byte[100]]));
    }

    [Fact]
    public void Mach_o_files_are_for_macos_and_java_classes_are_not()
    {
        Assert.Equal("a Mach-O program (darwin/arm64)", Binaries.Recognise(Binaries.MachO(0x0100000c))!.DescribeIn("linux/arm64"));
        Assert.Equal("a Mach-O library (darwin/amd64)", Binaries.Recognise(Binaries.MachO(0x01000007, type: 6))!.DescribeIn("linux/arm64"));
        Assert.Null(Binaries.Recognise(Binaries.MachO(0x0100000c, type: 1)));
        var fat = Binaries.Recognise(Binaries.Fat(0x01000007, 0x0100000c))!;
        Assert.Equal("a Mach-O file for several processors (darwin/amd64, darwin/arm64)", fat.DescribeIn("linux/arm64"));
        Assert.Equal(ExecutableVerdict.Right, fat.On("darwin/arm64"));
        Assert.Null(Binaries.Recognise([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, .. new byte[100]]));
    }

    [Theory]
    [InlineData("#!/bin/sh\necho", "/bin/sh", null, null)]
    [InlineData("#! \t/usr/bin/env  bash -e \nx", "/usr/bin/env", "bash -e", null)]
    [InlineData("#!/bin/sh\r\nx", "/bin/sh\r", null, null)]
    [InlineData("#!/bin/sh", "/bin/sh", null, null)]
    [InlineData("#!\nx", null, null, "its first line '#!' names no interpreter")]
    public void A_script_names_its_interpreter_and_one_argument(string text, string? interpreter, string? argument, string? flaw)
    {
        var found = Binaries.Recognise(Encoding.UTF8.GetBytes(text))!;
        Assert.Equal((ExecutableFormat.Script, interpreter, argument, flaw), (found.Format, found.Interpreter, found.Argument, found.Flaw));
        Assert.Equal(ExecutableVerdict.Right, found.On("linux/s390x"));
    }

    [Fact]
    public void A_first_line_that_is_longer_than_the_kernel_reads_is_not_started()
    {
        Assert.NotNull(Binaries.Recognise(Encoding.UTF8.GetBytes("#!/" + new string('a', 300) + "\n"))!.Flaw);
        Assert.Null(Binaries.Recognise(Encoding.UTF8.GetBytes("#!/bin/a " + new string('a', 300) + "\n"))!.Flaw);
    }

    [Theory]
    [InlineData("#!/bin/sh\nset -e\nexec \"$@\"\n", true)]
    [InlineData("#!/bin/sh\nset -e\nexec /app \"$@\"\n", false)]
    public void A_script_that_becomes_its_arguments_is_known(string text, bool becomes) =>
        Assert.Equal(becomes, Binaries.Recognise(Encoding.UTF8.GetBytes(text))!.RunsItsArguments);

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("echo hello\n", "a text whose first line does not begin with '#!'")]
    [InlineData("PK\u0003\u0004\u0000", "no executable")]
    public void What_is_none_is_described(string text, string description)
    {
        var file = new FileBytes();
        file.Begin(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Null(ExecutableRecognition.Recognise(file));
        Assert.Equal(description, ExecutableRecognition.Unrecognised(file).Description);
    }
}
