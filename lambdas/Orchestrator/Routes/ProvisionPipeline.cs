using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /provisionpipeline</c>.</summary>
public sealed class ProvisionPipeline(PipelineService pipelines, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.ProvisionPipeline;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(
        byte[] body,
        string requestId,
        CancellationToken cancellationToken
    ) =>
        await pipelines.ProvisionAsync(body, new ProvisionOptions(), cancellationToken) switch
        {
            Provisioned done => Answers.Ok(done),
            Refused refused => answers.Refused(refused.Reason, refused.Findings, requestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
