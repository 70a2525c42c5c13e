using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What runs the nodes of a builder, <c>--driver</c>, with its options, <c>--driver-opt</c>. Converts from the driver's name. Source:
/// <see href="https://docs.docker.com/build/builders/drivers/"/>.
/// </summary>
public abstract class BuilderDriver : DockerFields
{
    private protected BuilderDriver(string name) => Name = name;

    /// <summary>The driver's name, e.g. <c>docker-container</c>.</summary>
    public string Name { get; }

    /// <summary><c>default-load</c>: the result of a build is loaded into the engine's store unless an output is named; buildx 0.13 does not know it.</summary>
    public bool? DefaultLoad { get => Boolean("default-load"); set => Boolean("default-load", value); }

    /// <summary>The driver of this name, without options.</summary>
    /// <param name="name">The name, e.g. <c>remote</c>.</param>
    /// <exception cref="CakeException">The name is empty.</exception>
    public static implicit operator BuilderDriver(string name) => Parse(name);

    /// <summary>The driver of this name, without options.</summary>
    /// <param name="name">The name, e.g. <c>remote</c>.</param>
    /// <returns>The driver; one that is not known here takes any option by its key.</returns>
    /// <exception cref="CakeException">The name is empty.</exception>
    public static BuilderDriver Parse(string name) => name switch
    {
        "docker-container" => new ContainerDriver(),
        "kubernetes" => new KubernetesDriver(),
        "remote" => new RemoteDriver(),
        null or "" => throw new CakeException("builder driver is empty; drivers are docker-container, kubernetes and remote."),
        _ => new OtherDriver(name),
    };
}

/// <summary>Driver <c>docker-container</c>: BuildKit in a container of a docker engine. Source: <see href="https://docs.docker.com/build/builders/drivers/docker-container/"/>.</summary>
public sealed class ContainerDriver() : BuilderDriver("docker-container")
{
    /// <summary><c>image</c>: the image of BuildKit; default <c>moby/buildkit:buildx-stable-1</c>.</summary>
    public string? Image { get => this["image"]; set => this["image"] = value; }

    /// <summary><c>network</c>: the network of the container, e.g. <c>host</c>.</summary>
    public string? Network { get => this["network"]; set => this["network"] = value; }

    /// <summary><c>memory</c>: the memory limit, e.g. <c>2g</c>.</summary>
    public string? Memory { get => this["memory"]; set => this["memory"] = value; }

    /// <summary><c>memory-swap</c>: the limit of memory and swap, e.g. <c>4g</c>.</summary>
    public string? MemorySwap { get => this["memory-swap"]; set => this["memory-swap"] = value; }

    /// <summary><c>cpu-quota</c>: the processor time per <see cref="CpuPeriod"/>, in microseconds.</summary>
    public long? CpuQuota { get => Number("cpu-quota"); set => Number("cpu-quota", value); }

    /// <summary><c>cpu-period</c>: the scheduler's period, in microseconds.</summary>
    public long? CpuPeriod { get => Number("cpu-period"); set => Number("cpu-period", value); }

    /// <summary><c>cpu-shares</c>: the relative weight of the container.</summary>
    public long? CpuShares { get => Number("cpu-shares"); set => Number("cpu-shares", value); }

    /// <summary><c>cpuset-cpus</c>: the processors that it may use, e.g. <c>0-3</c>.</summary>
    public string? CpusetCpus { get => this["cpuset-cpus"]; set => this["cpuset-cpus"] = value; }

    /// <summary><c>cpuset-mems</c>: the memory nodes that it may use, e.g. <c>0,1</c>.</summary>
    public string? CpusetMems { get => this["cpuset-mems"]; set => this["cpuset-mems"] = value; }

    /// <summary><c>cgroup-parent</c>: the parent cgroup; default <c>/docker/buildx</c>.</summary>
    public string? CgroupParent { get => this["cgroup-parent"]; set => this["cgroup-parent"] = value; }

    /// <summary><c>restart-policy</c>: when the container is started again; default <c>unless-stopped</c>.</summary>
    public string? RestartPolicy { get => this["restart-policy"]; set => this["restart-policy"] = value; }

    /// <summary>
    /// <c>env.NAME</c>: sets an environment variable of the container. The value stands on docker's command line and in the builder's
    /// container; it is masked in the log, in errors and in <c>ToString()</c>.
    /// </summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The same driver.</returns>
    public ContainerDriver WithEnvironment(string name, string value)
    {
        this[$"env.{name}"] = value;
        return this;
    }
}

/// <summary>Driver <c>kubernetes</c>: BuildKit in pods. Source: <see href="https://docs.docker.com/build/builders/drivers/kubernetes/"/>.</summary>
public sealed class KubernetesDriver() : BuilderDriver("kubernetes")
{
    /// <summary><c>namespace</c>: the namespace; default that of the current context.</summary>
    public string? Namespace { get => this["namespace"]; set => this["namespace"] = value; }

    /// <summary><c>image</c>: the image of BuildKit.</summary>
    public string? Image { get => this["image"]; set => this["image"] = value; }

    /// <summary><c>replicas</c>: how many pods; default 1.</summary>
    public long? Replicas { get => Number("replicas"); set => Number("replicas", value); }

    /// <summary><c>requests.cpu</c>, e.g. <c>100m</c>.</summary>
    public string? CpuRequest { get => this["requests.cpu"]; set => this["requests.cpu"] = value; }

    /// <summary><c>requests.memory</c>, e.g. <c>500Mi</c>.</summary>
    public string? MemoryRequest { get => this["requests.memory"]; set => this["requests.memory"] = value; }

    /// <summary><c>limits.cpu</c>, e.g. <c>2</c>.</summary>
    public string? CpuLimit { get => this["limits.cpu"]; set => this["limits.cpu"] = value; }

    /// <summary><c>limits.memory</c>, e.g. <c>4Gi</c>.</summary>
    public string? MemoryLimit { get => this["limits.memory"]; set => this["limits.memory"] = value; }

    /// <summary><c>nodeselector</c>: labels of the nodes that pods run on, e.g. <c>kubernetes.io/arch=arm64</c>; several separated by commas.</summary>
    public string? NodeSelector { get => this["nodeselector"]; set => this["nodeselector"] = value; }

    /// <summary><c>tolerations</c>: taints that are tolerated, e.g. <c>key=dedicated,value=build</c>; several separated by semicolons.</summary>
    public string? Tolerations { get => this["tolerations"]; set => this["tolerations"] = value; }

    /// <summary><c>serviceaccount</c>: the service account of the pods.</summary>
    public string? ServiceAccount { get => this["serviceaccount"]; set => this["serviceaccount"] = value; }

    /// <summary><c>schedulername</c>: the scheduler of the pods.</summary>
    public string? SchedulerName { get => this["schedulername"]; set => this["schedulername"] = value; }

    /// <summary><c>loadbalance</c>: <c>sticky</c> (default) or <c>random</c>.</summary>
    public string? LoadBalance { get => this["loadbalance"]; set => this["loadbalance"] = value; }

    /// <summary><c>rootless</c>: BuildKit runs without root.</summary>
    public bool? Rootless { get => Boolean("rootless"); set => Boolean("rootless", value); }

    /// <summary><c>qemu.install</c>: emulators are installed in the pods.</summary>
    public bool? QemuInstall { get => Boolean("qemu.install"); set => Boolean("qemu.install", value); }

    /// <summary><c>qemu.image</c>: the image that they come from.</summary>
    public string? QemuImage { get => this["qemu.image"]; set => this["qemu.image"] = value; }

    /// <summary><c>timeout</c>: how long to wait for the pods, e.g. <c>120s</c>.</summary>
    public string? Timeout { get => this["timeout"]; set => this["timeout"] = value; }
}

/// <summary>Driver <c>remote</c>: a BuildKit that runs already; the endpoint says where. Source: <see href="https://docs.docker.com/build/builders/drivers/remote/"/>.</summary>
public sealed class RemoteDriver() : BuilderDriver("remote")
{
    /// <summary><c>cacert</c>: the file of the certificate authority.</summary>
    public string? CaCertificate { get => this["cacert"]; set => this["cacert"] = value; }

    /// <summary><c>cert</c>: the file of the client's certificate.</summary>
    public string? Certificate { get => this["cert"]; set => this["cert"] = value; }

    /// <summary><c>key</c>: the file of the client's key.</summary>
    public string? Key { get => this["key"]; set => this["key"] = value; }

    /// <summary><c>servername</c>: the name in the server's certificate.</summary>
    public string? ServerName { get => this["servername"]; set => this["servername"] = value; }
}

/// <summary>A driver that is not known here; its options are set by their keys.</summary>
/// <param name="name">The driver's name.</param>
public sealed class OtherDriver(string name) : BuilderDriver(name);
