using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator;

/// <summary>The shapes that this function reads and writes, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(APIGatewayProxyRequest))]
[JsonSerializable(typeof(APIGatewayProxyResponse))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProvisionAnswer))]
[JsonSerializable(typeof(ApprovalDone))]
[JsonSerializable(typeof(RetryDone))]
public sealed partial class OrchestratorJson : JsonSerializerContext;
