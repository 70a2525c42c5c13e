namespace Cake.MultiPlatform;

/// <summary>What is to be said of executables that are for another platform than the image they are in, and do not start it.</summary>
public sealed class ExecutableRules
{
    /// <summary>
    /// The paths that hold foreign executables on purpose in many images: emulators, cross compilers, launchers for Windows in
    /// Python's packages, test data of compilers, and .NET's native libraries for other platforms.
    /// </summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "**/runtimes/*/native/**",
        "**/runtimes/*/lib/**",
        "**/qemu-*-static",
        "/usr/*-linux-*/**",
        "/usr/lib/gcc-cross/**",
        "**/distlib/*.exe",
        "**/setuptools/*.exe",
        "**/distutils/command/*.exe",
        "**/testdata/**",
    ];

    /// <summary>
    /// Further paths that hold foreign executables on purpose, e.g. <c>/opt/agents/**</c>: <c>*</c> stands for anything in a name,
    /// <c>**</c> for any folders, <c>?</c> for one character. They add to <see cref="Known"/>.
    /// </summary>
    public IList<string> ForeignOnPurpose { get; } = [];

    /// <summary>
    /// Whether an image whose entrypoint cannot run is a warning only; default <see langword="false"/>: it is an error. For images
    /// whose entrypoint comes with a volume, or is for an emulator that the kernel has.
    /// </summary>
    public bool EntrypointIsWarning { get; set; }

    /// <summary>Whether an executable for another platform that no rule allows is an error; default <see langword="false"/>: it is listed.</summary>
    public bool ForeignIsError { get; set; }
}
