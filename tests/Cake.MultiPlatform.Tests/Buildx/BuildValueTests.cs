using Cake.Core;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "B3")]
public sealed class BuildValueTests
{
    // Characters that mean something to CSV, shells or docker, so that values are often nasty.
    private static readonly Gen<string> Nasty =
        from pieces in Gen.Elements("a", "B", "1", ",", "\"", "'", "\\", " ", "=", "\n", "é", "{}", "$X", ":", "/", ".", "+", "`").ListOf()
        select string.Concat(pieces);

    private static readonly Gen<string> Key = Gen.Elements("mode", "dest", "compression", "x-unknown", "annotation.a.b", "src");

    public static TheoryData<string, string> Kept { get; } = new()
    {
        { nameof(BuildOutput), "type=image,\"name=a,b\",push=true,x-new=1" },
        { nameof(BuildOutput), "./out" },
        { nameof(BuildOutput), "-" },
        { nameof(BuildCache), "type=s3,region=eu-west-1,bucket=b,x-new=1" },
        { nameof(BuildCache), "ghcr.io/acme/shop:cache" },
        { nameof(BuildAttestation), "type=sbom,generator=docker/scout-sbom-indexer" },
        { nameof(BuildSecret), "id=token,env=TOKEN" },
        { nameof(BuildSecret), "type=file,id=key,src=./a b" },
        { nameof(BuildPolicy), "filename=policy.rego,strict=true,x-new=1" },
        { nameof(BuildSsh), "default" },
        { nameof(BuildSsh), "github=./a,./b" },
        { nameof(BuildAnnotation), "manifest,index[linux/arm64]:a.b=c:d=e" },
        { nameof(BuildContext), "docker-image://httpd:2.4" },
        { nameof(BuildContext), "oci-layout://./layout@sha256:0000000000000000000000000000000000000000000000000000000000000000" },
        { nameof(BuildContext), "https://github.com/acme/shop.git#main" },
        { nameof(BuildResource), "memory=2g" },
        { nameof(BuildResource), "cpuset-cpus=0,1" },
        { nameof(HostEntry), "db.local:10.0.0.5" },
        { nameof(HostEntry), "db.local:2001:db8::1" },
        { nameof(HostEntry), "build:host-gateway" },
        { nameof(BakeOverride), "*.platform=linux/arm64" },
        { nameof(BakeOverride), "shop.args.VERSION=a,b=c" },
        { nameof(BakeOverride), "shop.args.TOKEN" },
        { nameof(BakeOverride), "shop.tags+=x:1" },
        { nameof(BakeOverride), "shop.secrets=" },
        { nameof(ContextEndpoint), "host=ssh://user@build1,skip-tls-verify=true,x-new=1" },
        { nameof(DockerFilter), "until=24h" },
        { nameof(DockerFilter), "id!=a=b" },
        { nameof(Ulimit), "nofile=1024:2048" },
        { nameof(ByteSize), "64m" },
        { nameof(ByteSize), "-1" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_value_is_printed_as_it_was_read(string type, string value) => Assert.Equal(value, PrintAgain(type, value));

    [Theory]
    [InlineData(nameof(HostEntry), "db.local=[2001:db8::1]", "db.local:2001:db8::1")]
    [InlineData(nameof(HostEntry), "db.local=10.0.0.5", "db.local:10.0.0.5")]
    [InlineData(nameof(ByteSize), "1024", "1k")]
    [InlineData(nameof(ByteSize), "512MiB", "512m")]
    [InlineData(nameof(BuildOutput), "type=image,\"name=a\"", "type=image,name=a")]
    public void A_value_is_printed_in_the_form_that_every_docker_takes(string type, string value, string printed) =>
        Assert.Equal(printed, PrintAgain(type, value));

    [Theory]
    [InlineData(nameof(HostEntry), "db.local", "host entry 'db.local' is not host:ip; a right one is 'db.local:10.0.0.5' or 'build.local:host-gateway'.")]
    [InlineData(nameof(HostEntry), "db:nowhere", "host entry 'db:nowhere' is not host:ip; a right one is 'db.local:10.0.0.5' or 'build.local:host-gateway'.")]
    [InlineData(nameof(HostEntry), ":1.2.3.4", "host entry ':1.2.3.4' is not host:ip; a right one is 'db.local:10.0.0.5' or 'build.local:host-gateway'.")]
    [InlineData(nameof(BuildResource), "memory", "build resource 'memory' is not key=value; a right one is 'memory=2g'.")]
    [InlineData(nameof(BuildResource), "=2g", "build resource '=2g' is not key=value; a right one is 'memory=2g'.")]
    [InlineData(nameof(BuildContext), " ", "build context is empty; a right one is './assets' or 'docker-image://httpd:2.4'.")]
    [InlineData(nameof(BakeOverride), "platform=linux/arm64", "bake override 'platform=linux/arm64' is not target.key=value; a right one is '*.platform=linux/arm64' or 'shop.args.VERSION=1.4.0'.")]
    [InlineData(nameof(BakeOverride), "shop.tags", "bake override 'shop.tags' is not target.key=value; a right one is '*.platform=linux/arm64' or 'shop.args.VERSION=1.4.0'.")]
    [InlineData(nameof(BakeOverride), ".tags=a", "bake override '.tags=a' is not target.key=value; a right one is '*.platform=linux/arm64' or 'shop.args.VERSION=1.4.0'.")]
    [InlineData(nameof(ContextEndpoint), "ssh://user@build1", "context endpoint 'ssh://user@build1': fields are key=value, separated by commas, e.g. 'host=ssh://user@build1'.")]
    [InlineData(nameof(BuildPolicy), "", "build policy is empty; a right one is 'filename=policy.rego,strict=true'.")]
    [InlineData(nameof(BuildOutput), "type=image,=x", "build output 'type=image,=x': '=x' has no key; fields are key=value, separated by commas, e.g. 'type=image,name=ghcr.io/acme/shop,push=true'.")]
    [InlineData(nameof(BuildAttestation), "mode=max", "build attestation 'mode=max' has no type; it is provenance or sbom, e.g. 'type=provenance,mode=max'.")]
    [InlineData(nameof(BuildSecret), "id=a,password=geheim", "build secret 'a': docker knows the fields type, id, src, source, env only; the secret itself belongs into a file or an environment variable, e.g. 'id=token,env=TOKEN'.")]
    [InlineData(nameof(DockerFilter), "=24h", "filter '=24h' has no key; a right one is 'until=24h'.")]
    [InlineData(nameof(Ulimit), "nofile=2:1", "ulimit 'nofile=2:1': the soft limit is above the hard one; a right one is 'nofile=1024:2048'.")]
    [InlineData(nameof(ByteSize), "-2", "size '-2' is not a number of bytes; it is a number with b, k, m, g, t or p behind it, e.g. '64m'.")]
    public void A_wrong_value_is_refused(string type, string value, string message) =>
        Assert.Equal(message, Assert.Throws<CakeException>(() => PrintAgain(type, value)).Message);

    [Fact]
    public void Any_field_survives_being_written_and_read() =>
        Prop.ForAll(Key.ToArbitrary(), Nasty.ToArbitrary(), Nasty.ToArbitrary(), (key, value, name) =>
        {
            var output = new BuildOutput { Type = "image", Name = name };
            output[key] = value;
            var again = BuildOutput.Parse(output.ToString());
            return again[key] == value && again.Name == name && again.SequenceEqual(output) && again.ToString() == output.ToString();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_override_survives_being_written_and_read() =>
        Prop.ForAll(Nasty.ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (value, append) =>
        {
            var wanted = new BakeOverride("shop-*", "args.A", value, append);
            return BakeOverride.Parse(wanted.ToString()) == wanted;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_size_survives_being_written_and_read() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), bytes => ByteSize.Parse(new ByteSize(Math.Abs(bytes / 2)).ToString()).Bytes == Math.Abs(bytes / 2))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_filter_survives_being_written_and_read() =>
        Prop.ForAll(Gen.Elements("=", "!=", "~=").ToArbitrary(), Nasty.ToArbitrary(), (op, value) =>
        {
            var wanted = new DockerFilter("label", value, op);
            return DockerFilter.Parse(wanted.ToString()) == wanted;
        }).QuickCheckThrowOnFailure();

    private static string PrintAgain(string type, string value) => type switch
    {
        nameof(BuildOutput) => BuildOutput.Parse(value).ToString(),
        nameof(BuildCache) => BuildCache.Parse(value).ToString(),
        nameof(BuildAttestation) => BuildAttestation.Parse(value).ToString(),
        nameof(BuildSecret) => BuildSecret.Parse(value).ToString(),
        nameof(BuildPolicy) => BuildPolicy.Parse(value).ToString(),
        nameof(BuildSsh) => BuildSsh.Parse(value).ToString(),
        nameof(BuildAnnotation) => BuildAnnotation.Parse(value).ToString(),
        nameof(BuildContext) => BuildContext.Parse(value).ToString(),
        nameof(BuildResource) => BuildResource.Parse(value).ToString(),
        nameof(HostEntry) => HostEntry.Parse(value).ToString(),
        nameof(BakeOverride) => BakeOverride.Parse(value).ToString(),
        nameof(ContextEndpoint) => ContextEndpoint.Parse(value).ToString(),
        nameof(DockerFilter) => DockerFilter.Parse(value).ToString(),
        nameof(Ulimit) => Ulimit.Parse(value).ToString(),
        _ => ByteSize.Parse(value).ToString(),
    };
}
