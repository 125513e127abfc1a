namespace Mlops.Infra.Publishing;

/// <summary>A function's code, as Lambda takes it.</summary>
/// <param name="ZipPath">Where the zip is on this machine.</param>
/// <param name="Sha256Base64">SHA-256 of the zip, base64: what Lambda calls the code's hash.</param>
/// <param name="Runtime"><c>provided.al2023</c> or <c>dotnet10</c>.</param>
/// <param name="Handler">What that runtime calls.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>: that of the machine that built it.</param>
public sealed record LambdaPackage(
    string ZipPath,
    string Sha256Base64,
    string Runtime,
    string Handler,
    string Architecture
);

/// <summary>The code of both functions.</summary>
/// <param name="Orchestrator">Takes requests and packages templates.</param>
/// <param name="DeploymentFlow">Carries out the duties of pipelines.</param>
public sealed record LambdaPackages(LambdaPackage Orchestrator, LambdaPackage DeploymentFlow);
