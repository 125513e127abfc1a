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
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var force = request.Query.GetValueOrDefault(ApiRoutes.Force, "false");
        if (!bool.TryParse(force, out var isForced))
        {
            return answers.Problem(
                400,
                $"The query's {ApiRoutes.Force} is neither true nor false; nothing was changed.",
                request.RequestId
            );
        }

        var options = new ProvisionOptions { Force = isForced };
        return await pipelines.ProvisionAsync(request.Body, options, cancellationToken) switch
        {
            Provisioned done => Answers.Ok(done),
            Refused refused => answers.Refused(refused.Reason, refused.Findings, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
    }
}
