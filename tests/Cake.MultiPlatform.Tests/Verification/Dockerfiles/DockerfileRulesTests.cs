namespace Cake.MultiPlatform.Tests.Verification.Dockerfiles;

[Trait("Capability", "F7")]
public sealed class DockerfileRulesTests
{
    // Dockerfile, and what is found for linux/amd64 and linux/arm64 by a builder on linux/amd64: line, severity, rule, platforms.
    public static TheoryData<string, string> Cases => new()
    {
        // The final stage's platform.
        { "FROM a", string.Empty },
        { "FROM --platform=$TARGETPLATFORM a", string.Empty },
        { "FROM --platform=linux/$TARGETARCH a", string.Empty },
        { "FROM --platform=$BUILDPLATFORM a", "1 Error FinalStagePlatform linux/arm64" },
        { "FROM --platform=${BUILDPLATFORM:-linux/amd64} a AS b\nFROM b", "1 Error FinalStagePlatform linux/arm64" },
        { "FROM --platform=$BUILDPLATFORM a AS b\nFROM a\nCOPY --from=b /x /x", string.Empty },
        { "FROM --platform=linux/amd64 a", "1 Error FinalStagePlatform linux/arm64" },
        { "FROM --platform=linux/s390x a", "1 Error FinalStagePlatform linux/amd64,linux/arm64" },
        { "ARG P=linux/arm64\nFROM --platform=$P a", "2 Error FinalStagePlatform linux/amd64" },
        { "FROM a AS b\nFROM --platform=$BUILDPLATFORM scratch\nCOPY --from=b / /", "2 Error FinalStagePlatform linux/arm64" },
        { "FROM --platform=linux/amd64 a AS unused\nFROM a", string.Empty },

        // Architectures in names of images.
        { "FROM arm64v8/busybox", "1 Warning HardCodedArchitecture linux/amd64" },
        { "FROM docker.io/amd64/busybox:1", "1 Warning HardCodedArchitecture linux/arm64" },
        { "FROM acme/shop:1.2-amd64", "1 Warning HardCodedArchitecture linux/arm64" },
        { "FROM acme/shop:1.2-arm64v8@sha256:0000000000000000000000000000000000000000000000000000000000000000", "1 Warning HardCodedArchitecture linux/amd64" },
        { "FROM acme/shop:x86_64", "1 Warning HardCodedArchitecture linux/arm64" },
        { "FROM acme/shop:1.2-$TARGETARCH", string.Empty },
        { "ARG TAG=1-arm64\nFROM acme/shop:$TAG", "2 Warning HardCodedArchitecture linux/amd64" },
        { "FROM acme/charm64tools:1", string.Empty },
        { "FROM acme/shop:alpine", string.Empty },
        { "FROM acme/armada:5", string.Empty },

        // Architectures in commands.
        { "FROM a\nRUN GOARCH=amd64 go build .", "2 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nENV GOOS=linux GOARCH=arm64", "2 Warning HardCodedArchitecture linux/amd64" },
        { "FROM a\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build .", string.Empty },
        { "FROM a\nRUN app -r linux-x64 && true", "2 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nRUN app --runtime linux-musl-arm64", "2 Warning HardCodedArchitecture linux/amd64" },
        { "FROM a\nARG RID=linux-x64\nRUN app -r $RID", "3 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nARG RID=linux-x64\nENV R=$RID\nRUN app -r ${R}", "4 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nRUN app -r browser-wasm", string.Empty },
        { "FROM a\nRUN rm -r linux-x64-notes", string.Empty },
        { "FROM a\nRUN curl -LO https://e/v1/tool_linux_amd64.tar.gz", "2 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nRUN apk add curl && \\\n  wget https://e/tool-x86_64 && \\\n  true", "3 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nADD https://e/aarch64/tool.tgz /", "2 Warning HardCodedArchitecture linux/amd64" },
        { "FROM a\nRUN <<EOF\nwget https://e/tool-arm64\nEOF\n", "3 Warning HardCodedArchitecture linux/amd64" },
        { "FROM a\nARG V=amd64\nADD https://e/tool-$V /", "3 Warning HardCodedArchitecture linux/arm64" },
        { "FROM a\nARG TARGETARCH\nADD https://e/tool-$TARGETARCH /", string.Empty },
        { "FROM a\nARG TARGETARCH\nENV A=$TARGETARCH\nADD https://e/amd64/tool-$A /", string.Empty },
        { "FROM a\nRUN case $(uname -m) in x86_64) wget https://e/amd64;; *) wget https://e/arm64;; esac", string.Empty },
        { "FROM a\nRUN if [ \"$(dpkg --print-architecture)\" = amd64 ]; then \\\n wget https://e/amd64; fi", string.Empty },
        { "FROM a\nRUN wget https://e/charm64/alarm/arming", string.Empty },
        { "FROM a\n# RUN wget https://e/amd64\nRUN true", string.Empty },
        { "FROM a AS unused\nRUN wget https://e/amd64\nFROM a", string.Empty },

        // .NET under emulation.
        { "FROM sdk\nRUN dotnet publish -c Release", "2 Warning EmulatedDotnet linux/arm64" },
        { "FROM sdk\nRUN [\"dotnet\", \"restore\"]", "2 Warning EmulatedDotnet linux/arm64" },
        { "FROM sdk\nCOPY . .\nRUN cd src && \\\n    dotnet  build", "4 Warning EmulatedDotnet linux/arm64" },
        { "FROM sdk\nRUN --mount=type=cache,target=/nuget dotnet restore", "2 Warning EmulatedDotnet linux/arm64" },
        { "FROM sdk AS build\nRUN dotnet publish\nFROM run\nCOPY --from=build /x /x", "2 Warning EmulatedDotnet linux/arm64" },
        { "FROM --platform=$BUILDPLATFORM sdk AS build\nARG TARGETARCH\nRUN dotnet publish -a $TARGETARCH\nFROM run\nCOPY --from=build /x /x", string.Empty },
        { "FROM --platform=$BUILDPLATFORM sdk AS base\nFROM base AS build\nRUN dotnet publish\nFROM run\nCOPY --from=1 /x /x", string.Empty },
        { "FROM sdk\nRUN dotnet --info\nENTRYPOINT [\"dotnet\", \"run\"]", string.Empty },
        { "FROM sdk\nRUN my-dotnet build && cat dotnet/build", string.Empty },
        { "FROM sdk AS unused\nRUN dotnet publish\nFROM run", string.Empty },
        { "FROM sdk AS build\nRUN dotnet publish -r linux-x64", "2 Warning HardCodedArchitecture linux/arm64|2 Warning EmulatedDotnet linux/arm64" },
        { string.Empty, string.Empty },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Trap", "T23")]
    public void What_is_wrong_is_found_and_nothing_else(string dockerfile, string expected)
    {
        var findings = DockerfileRules.Check(DockerfileFixture.Request(dockerfile, ["linux/amd64", "linux/arm64"]), [ImagePlatform.LinuxAmd64]);
        Assert.Equal(expected, string.Join('|', findings.Select(finding => $"{finding.Line} {finding.Severity} {finding.Rule} {string.Join(',', finding.Platforms)}")));
        Assert.All(findings, finding => Assert.True(finding.Message.Length > 0 && finding.Remedy.Length > 0 && dockerfile.Contains(finding.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_native_node_for_a_platform_emulates_nothing()
    {
        var request = DockerfileFixture.Request("FROM sdk\nRUN dotnet publish", ["linux/amd64", "linux/arm64"]);
        Assert.Empty(DockerfileRules.Check(request, ["linux/amd64", "linux/arm64"]));
    }

    [Fact]
    public void One_platform_that_is_the_builders_own_gets_a_warning_for_a_final_stage_on_the_build_platform()
    {
        var finding = Assert.Single(DockerfileRules.Check(DockerfileFixture.Request("FROM --platform=$BUILDPLATFORM a", ["linux/amd64"]), ["linux/amd64"]));
        Assert.Equal((DockerfileSeverity.Warning, DockerfileRule.FinalStagePlatform), (finding.Severity, finding.Rule));
    }

    [Theory]
    [InlineData("build", "")]
    [InlineData("BUILD", "")]
    [InlineData("0", "")]
    [InlineData(null, "4 Error FinalStagePlatform")]
    public void Only_what_the_target_needs_is_looked_at(string? target, string expected)
    {
        var request = DockerfileFixture.Request("FROM sdk AS build\n\n\nFROM --platform=$BUILDPLATFORM a", ["linux/arm64"]) with { Target = target };
        Assert.Equal(expected, string.Join('|', DockerfileRules.Check(request, ["linux/amd64"]).Select(finding => $"{finding.Line} {finding.Severity} {finding.Rule}")));
    }
}
