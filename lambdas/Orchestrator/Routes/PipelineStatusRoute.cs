using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /pipelinestatus</c>.</summary>
public sealed class PipelineStatusRoute(PipelineStatus status, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.PipelineStatus;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await status.ReadAsync(request.Body, cancellationToken) switch
        {
            StatusFound found => Answers.Ok(found.State.ToJson()),
            StatusRefused refused => answers.Refused(refused.Reason, refused.Findings, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
